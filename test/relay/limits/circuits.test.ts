import { RELAY_V2_STOP_CODEC } from '@libp2p/circuit-relay-v2'
import { lpStream } from '@libp2p/utils'
import { expect, test } from 'vitest'
import { CIRCUITS_PER_PEER } from '../../../relay/limits/circuit-gate.ts'
import { startRelay } from '../clients.ts'
import { connectTo, field, honestPair, newcomerGetsSlot, refused, reserve, startAttacker, STATUS } from './attackers.ts'
import type { Attacker } from './attackers.ts'
import type { TestRelay } from '../clients.ts'

/** A peer that has a slot and takes every circuit that is offered, holding it open. */
async function startTarget(relay: TestRelay, from: string): Promise<Attacker> {
  const target = await startAttacker(relay, { from })
  await target.node.handle(RELAY_V2_STOP_CODEC, async (stream) => {
    const messages = lpStream(stream)
    await messages.read()
    await messages.write(Uint8Array.from([...field(1, 1), ...field(4, STATUS.ok)]))
  }, { maxInboundStreams: 1_000, runOnLimitedConnection: true })
  expect(await reserve(target)).toBe(STATUS.ok)
  return target
}

test('a peer has so many circuits at a time and no more, and others have theirs', async () => {
  const relay = await startRelay()
  const [target, other] = [await startTarget(relay, '127.0.0.50'), await startTarget(relay, '127.0.0.51')]
  const source = await startAttacker(relay)
  for (let circuit = 0; circuit < CIRCUITS_PER_PEER; circuit++) {
    expect(await connectTo(source, (circuit % 2 === 0 ? target : other).id)).toBe(STATUS.ok)
  }
  await expect(connectTo(source, target.id)).rejects.toThrow()
  // libp2p counts a connection's streams by itself; a second connection is no way around it.
  const second = await source.reconnect()
  expect(await connectTo({ open: (protocol) => second.newStream(protocol) }, target.id)).toBe(STATUS.denied)
  expect(refused(relay, 'circuit-source')).toBe(1)
  expect(await connectTo(await startAttacker(relay, { from: '127.0.0.67' }), target.id)).toBe(STATUS.ok)
  await newcomerGetsSlot(relay)
})

test('an address that calls one peer over and over is stopped, and the peer is still reached from elsewhere', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const target = await startAttacker(relay, { from: '127.0.0.50' })
  expect(await reserve(target)).toBe(STATUS.ok)
  // Nobody listens there, so that each attempt fails and leaves nothing open.
  const statuses: number[] = []
  for (let caller = 0; caller < 2; caller++) {
    const attacker = await startAttacker(relay)
    for (let attempt = 0; attempt < 50; attempt++) {
      statuses.push(await connectTo(attacker, target.id).catch(() => 0))
    }
  }
  expect(statuses.filter((status) => status === STATUS.denied).length).toBe(refused(relay, 'circuit-target-rate'))
  expect(refused(relay, 'circuit-target-rate')).toBeGreaterThan(0)
  const before = refused(relay, 'circuit-target-rate')
  await connectTo(await startAttacker(relay, { from: '127.0.0.67' }), target.id).catch(() => undefined)
  expect(refused(relay, 'circuit-target-rate')).toBe(before)
  await talk()
})
