/** Ten relays of which each knows only the one before it. */
import type { KadDHT } from '@libp2p/kad-dht'
import { expect, test } from 'vitest'
import { contactTable } from '../../../relay/federation/contacts.ts'
import { meet } from './meet.ts'
import { roomTopic, startClient, startRelay, tcpAddress, until } from '../clients.ts'
import type { TestRelay } from '../clients.ts'

const LENGTH = 10
const TIME_LIMIT_MS = 120_000

async function startChain(): Promise<TestRelay[]> {
  const relays = [await startRelay()]
  for (let index = 1; index < LENGTH; index++) relays.push(await startRelay({ bootstrap: [tcpAddress(relays[index - 1]!)] }))
  return relays
}

/** Relays that each of the given ones is connected to, without those that are not given. */
function links(relays: TestRelay[]): number[] {
  const ids = new Set(relays.map(({ peerId }) => peerId))
  return relays.map(({ libp2p }) => libp2p.getPeers().filter((peer) => ids.has(peer.toString())).length)
}

test('people on the first and the last of a chain meet at once', { timeout: TIME_LIMIT_MS }, async () => {
  const relays = await startChain()
  const [alice, bob] = [await startClient(relays[0]!), await startClient(relays.at(-1)!)]
  const topic = roomTopic('c')
  await Promise.all([alice.join(topic), bob.join(topic)])
  await meet(alice, bob, topic)
})

test('relays of a chain get neighbours beyond it, and people at its ends meet after any of them was lost', { timeout: TIME_LIMIT_MS }, async () => {
  const relays = await startChain()
  await until(() => { for (const count of links(relays)) expect(count).toBeGreaterThanOrEqual(4) }, 60_000)
  await relays[5]!.close()
  await meetAtTheEnds('d')
  await Promise.all(relays.slice(1, -1).map((relay) => relay.close()))
  await meetAtTheEnds('e')

  async function meetAtTheEnds(letter: string): Promise<void> {
    const [alice, bob] = [await startClient(relays[0]!), await startClient(relays.at(-1)!)]
    const topic = roomTopic(letter)
    await Promise.all([alice.join(topic), bob.join(topic)])
    await meet(alice, bob, topic, 30_000)
  }
})

test('every relay of a chain gets every other one into its routing table', { timeout: TIME_LIMIT_MS }, async () => {
  const relays = await startChain()
  await until(() => {
    for (const { libp2p } of relays) expect(contactTable((libp2p.services as unknown as { dht: KadDHT }).dht).size).toBe(LENGTH - 1)
  }, 90_000)
})
