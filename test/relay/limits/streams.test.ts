import { expect, test } from 'vitest'
import { defaultConfig } from '../../../relay/config/defaults.ts'
import { rememberedPeers } from '../../../relay/limits/policies.ts'
import { startRelay, until } from '../clients.ts'
import { breathe, honestPair, newcomerGetsSlot, refused, startAttacker } from './attackers.ts'
import type { Attacker } from './attackers.ts'

const { limits } = defaultConfig()

/** Opens streams until the relay has had enough. */
async function openUntilCutOff(attacker: Attacker, protocol: string, atATime: number): Promise<void> {
  while (attacker.isConnected()) {
    // The relay's refusals are what is wanted; they are counted on its side.
    await Promise.all(Array.from({ length: atATime }, () => attacker.open(protocol).then((stream) => stream.close()).catch(() => undefined)))
    await breathe()
  }
}

test.each([
  ['identify', '/ipfs/id/1.0.0', 1, 'identify-rate'],
  ['identify push', '/ipfs/id/push/1.0.0', 1, 'identify-rate'],
  ['pubsub', '/meshsub/1.2.0', 10, 'pubsub-stream-rate'],
  // libp2p lets two of them be open, and resets the others before anybody counts pings.
  ['ping', '/ipfs/ping/1.0.0', 20, 'stream-rate']
] as const)('streams of %s that are opened one after the other end with the connection', async (_name, protocol, atATime, cause) => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  await openUntilCutOff(await startAttacker(relay), protocol, atATime)
  expect(refused(relay, cause)).toBeGreaterThan(0)
  expect(refused(relay, 'offender')).toBeGreaterThan(0)
  await talk()
  await newcomerGetsSlot(relay)
})

test('streams of no known protocol end with the connection', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  await openUntilCutOff(await startAttacker(relay), '/nobody/speaks/this', 20)
  expect(refused(relay, 'stream-rate')).toBeGreaterThan(0)
  await talk()
})

test('a ping that never ends is ended', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  const stream = await attacker.open('/ipfs/ping/1.0.0')
  while (stream.status === 'open') {
    stream.send(new Uint8Array(4_096))
    await breathe()
  }
  expect(refused(relay, 'ping-rate')).toBe(1)
  expect(attacker.isConnected()).toBe(true)
  await talk()
})

test('identities that come and go are forgotten, and those who are connected are not', async () => {
  const relay = await startRelay({ limits: { ...limits, connections: 30 } })
  const { alice, bob, talk } = await honestPair(relay)
  const most = rememberedPeers({ connections: 30 })
  for (let identity = 0; identity < most + 10; identity++) {
    const passing = await startAttacker(relay)
    await until(async () => expect((await relay.libp2p.peerStore.get(passing.id)).protocols).not.toHaveLength(0))
    await passing.node.stop()
    await until(() => expect(passing.isConnected()).toBe(false))
  }
  expect(relay.libp2p.services.limits.sizes.peers).toBe(most)
  expect(await relay.libp2p.peerStore.all()).toHaveLength(most - 1)
  for (const { node } of [alice, bob]) expect(await relay.libp2p.peerStore.has(node.peerId)).toBe(true)
  await talk()
  await newcomerGetsSlot(relay)
})
