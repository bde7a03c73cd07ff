import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import { expect, test } from 'vitest'
import { defaultConfig } from '../../../relay/config/defaults.ts'
import { startRelay } from '../clients.ts'
import { connectTo, honestPair, names, newcomerGetsSlot, refused, reserve, startAttacker, STATUS } from './attackers.ts'

const { limits } = defaultConfig()

test('a peer of another network gets no slot and no circuit, and one of this network gets both', async () => {
  const relay = await startRelay()
  const { alice, talk } = await honestPair(relay)
  const stranger = await startAttacker(relay, { speaks: ['/ipfs/kad/1.0.0'] })
  expect(await reserve(stranger)).toBe(STATUS.denied)
  expect(await connectTo(stranger, alice.node.peerId)).toBe(STATUS.denied)
  expect([refused(relay, 'reservation-stranger'), refused(relay, 'circuit-stranger')]).toEqual([1, 1])
  const client = await startAttacker(relay)
  expect(await reserve(client)).toBe(STATUS.ok)
  const otherRelay = await startAttacker(relay, { speaks: [names.dht] })
  expect(await reserve(otherRelay)).toBe(STATUS.ok)
  await talk()
  await newcomerGetsSlot(relay)
})

test('a request for a slot that comes before identify is through is answered when it is', async () => {
  const relay = await startRelay()
  // Sent with the connection still young; each of many would be refused if nobody waited.
  const clients = await Promise.all(Array.from({ length: 5 }, () => startAttacker(relay)))
  expect(await Promise.all(clients.map(reserve))).toEqual([1, 2, 3, 4, 5].map(() => STATUS.ok))
})

test('an address takes its share of the slots, and other addresses still get theirs', async () => {
  const relay = await startRelay({ limits: { ...limits, reservations: 8, reservationsPerAddress: 3 } })
  const hoarders = await Promise.all(Array.from({ length: 5 }, () => startAttacker(relay, { from: '127.0.0.66' })))
  const statuses = await Promise.all(hoarders.map(reserve))
  expect(statuses.toSorted()).toEqual([STATUS.ok, STATUS.ok, STATUS.ok, STATUS.denied, STATUS.denied])
  expect(refused(relay, 'reservation-address')).toBe(2)
  expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(3)
  const { talk } = await honestPair(relay)
  await talk()
  await newcomerGetsSlot(relay)
  expect(await reserve(await startAttacker(relay, { from: '127.0.0.67' }))).toBe(STATUS.ok)
  expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(7)
})

test('who has a slot of a full address, or of a full relay, keeps it when asking again, and has one only', async () => {
  const relay = await startRelay({ limits: { ...limits, reservations: 2, reservationsPerAddress: 1 } })
  const [first, second, third] = await Promise.all(['127.0.0.66', '127.0.0.67', '127.0.0.68'].map((from) => startAttacker(relay, { from })))
  if (first === undefined || second === undefined || third === undefined) throw new Error('not started')
  expect(await reserve(first)).toBe(STATUS.ok)
  expect(await reserve(second)).toBe(STATUS.ok)
  expect(await reserve(third)).toBe(STATUS.refused)
  expect(refused(relay, 'reservation-full')).toBe(1)
  for (const holder of [first, second, first]) expect(await reserve(holder)).toBe(STATUS.ok)
  expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(2)
})

test('who asks for a slot over and over is told that it is too much, and is cut off when it does not stop', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const spammer = await startAttacker(relay)
  const statuses = new Set<number>()
  while (!statuses.has(STATUS.tooMuch)) statuses.add(await reserve(spammer))
  expect(statuses).toEqual(new Set([STATUS.ok, STATUS.tooMuch]))
  while (spammer.isConnected()) {
    // The last requests fail with the connection, which is what is waited for.
    const open = (): Promise<void> => spammer.open(RELAY_V2_HOP_CODEC).then((stream) => stream.close()).catch(() => undefined)
    await Promise.all(Array.from({ length: 20 }, open))
  }
  expect(refused(relay, 'circuit-rate')).toBeGreaterThan(200)
  expect(refused(relay, 'offender')).toBeGreaterThan(0)
  await talk()
  await newcomerGetsSlot(relay)
})
