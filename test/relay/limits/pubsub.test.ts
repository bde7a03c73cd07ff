import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import { expect, test } from 'vitest'
import { MAX_MESSAGE_BYTES } from '../../../src/wire/protocol.ts'
import { followedBy, pubsubOf, roomTopic, startRelay, tcpAddress, until } from '../clients.ts'
import type { TestRelay } from '../clients.ts'
import { breathe, field, honestPair, names, newcomerGetsSlot, refused, sendBytes, sendFrame, somebody, startAttacker } from './attackers.ts'
import type { Attacker } from './attackers.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** Many topics that look like rooms. */
function topics(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const suffix = [Math.floor(index / 1_024), Math.floor(index / 32) % 32, index % 32].map((at) => LETTERS[at]).join('')
    return `${roomTopic('x').slice(0, -3)}${suffix}`
  })
}

/** The topics that the relay's gossipsub has noted for somebody. Not in its typed surface. */
function notedFor(relay: TestRelay, { id }: Pick<Attacker, 'id'>): number {
  const { topics: noted } = pubsubOf(relay) as unknown as { topics: Map<string, Set<string>> }
  return [...noted.values()].filter((peers) => peers.has(id.toString())).length
}

/** What the relay's gossipsub thinks of a neighbour. Not in its typed surface. */
function scoreOf(relay: TestRelay, peer: string): number {
  return (pubsubOf(relay) as unknown as { getScore(peer: string): number }).getScore(peer)
}

async function isNeighbour(relay: TestRelay, { id, relayId, pubsub }: Attacker): Promise<void> {
  await until(() => expect(pubsubOf(relay).getPeers().map(String)).toContain(id.toString()))
  const { streamsOutbound } = pubsub as unknown as { streamsOutbound: Map<string, unknown> }
  await until(() => expect([...streamsOutbound.keys()]).toContain(relayId.toString()))
}

test('thousands of topics of one client are not noted, and its eight are followed', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  sendFrame(attacker, { subscriptions: topics(3_000).map((topic) => ({ topic, subscribe: true })) })
  await until(() => expect(refused(relay, 'pubsub-topics')).toBeGreaterThan(0))
  await until(() => expect(notedFor(relay, attacker)).toBeLessThanOrEqual(32))
  expect(followedBy(relay).length).toBeLessThanOrEqual(9)
  await talk()
  await newcomerGetsSlot(relay)
})

test('topics that are no rooms are not noted', async () => {
  const relay = await startRelay()
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  const strays = Array.from({ length: 100 }, (_, index) => `${'long '.repeat(100)}${index}`)
  sendFrame(attacker, { subscriptions: strays.map((topic) => ({ topic, subscribe: true })) })
  await until(() => expect(refused(relay, 'pubsub-topic-name')).toBe(100))
  expect(notedFor(relay, attacker)).toBe(0)
})

test('a client that goes from room to room without end is not followed any more, and those who know it are not told', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  for (const topic of topics(200)) sendFrame(attacker, { subscriptions: [{ topic, subscribe: true }, { topic, subscribe: false }] })
  await until(() => expect(refused(relay, 'pubsub-subscription-rate')).toBeGreaterThan(100))
  await talk()
})

test('a relay that follows many rooms is heard out before identify has told what it is', async () => {
  const relay = await startRelay()
  const many = await startAttacker(relay, { speaks: [names.dht, RELAY_V2_HOP_CODEC] })
  await isNeighbour(relay, many)
  sendFrame(many, { subscriptions: topics(2_500).map((topic) => ({ topic, subscribe: true })) })
  await until(() => expect(notedFor(relay, many)).toBe(2_500))
  await until(() => expect(followedBy(relay)).toEqual([]))
})

test('a client that says too much is heard no more and then cut off, and the others go on talking', async () => {
  const relay = await startRelay()
  const { bob, topic, talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  attacker.pubsub.subscribe(topic)
  await until(() => expect(attacker.pubsub.getSubscribers(topic)).not.toHaveLength(0))
  let said = 0
  while (attacker.isConnected()) {
    await attacker.pubsub.publish(topic, new Uint8Array(32_768).fill(1)).catch(() => undefined)
    said++
    await breathe()
  }
  expect(refused(relay, 'offender')).toBeGreaterThan(0)
  expect(refused(relay, 'pubsub-rate')).toBeGreaterThan(said / 2)
  expect(bob.heard.length).toBeLessThan(said / 2)
  await talk()
  await newcomerGetsSlot(relay)
})

test('an author who says too much is heard no more, however many relays hand it on, and they keep their score', async () => {
  const relay = await startRelay()
  const others = await Promise.all([startRelay({ bootstrap: [tcpAddress(relay)] }), startRelay({ bootstrap: [tcpAddress(relay)] })])
  const { talk, topic, bob } = await honestPair(relay)
  const { privateKey } = await somebody()
  for (const other of others) {
    const author = await startAttacker(other, { privateKey })
    await isNeighbour(other, author)
    author.pubsub.subscribe(topic)
    await until(() => {
      expect(pubsubOf(other).getSubscribers(topic).map(String)).toContain(relay.peerId)
      expect(author.pubsub.getSubscribers(topic).map(String)).toContain(other.peerId)
    })
    // Each of the two relays is told less than a client may say, one at a time, so that no buffer runs over.
    for (let message = 0; message < 14; message++) {
      const settled = bob.heard.length + refused(relay, 'pubsub-author-rate')
      await author.pubsub.publish(topic, new Uint8Array(MAX_MESSAGE_BYTES))
      await until(() => expect(bob.heard.length + refused(relay, 'pubsub-author-rate')).toBe(settled + 1))
    }
  }
  expect(bob.heard.length).toBeGreaterThan(14)
  expect(refused(relay, 'pubsub-author-rate')).toBeGreaterThan(5)
  for (const other of others) {
    expect(relay.libp2p.getPeers().map(String)).toContain(other.peerId)
    expect(scoreOf(relay, other.peerId)).toBeGreaterThanOrEqual(0)
    expect(refused(other, 'pubsub-rate')).toBe(0)
  }
  await talk()
})

test('messages that are too long, and on topics that nobody follows, reach no table', async () => {
  const relay = await startRelay()
  const { topic, talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  const seen = (): number => (pubsubOf(relay) as unknown as { seenCache: { size: number } }).seenCache.size
  const before = seen()
  const signed = { from: new Uint8Array(38), seqno: new Uint8Array(8), signature: new Uint8Array(64), key: new Uint8Array(36) }
  sendFrame(attacker, { messages: [{ ...signed, topic, data: new Uint8Array(MAX_MESSAGE_BYTES + 1) }] })
  sendFrame(attacker, { messages: topics(20).map((stray) => ({ ...signed, topic: stray, data: new Uint8Array(8) })) })
  await until(() => expect([refused(relay, 'pubsub-oversized'), refused(relay, 'pubsub-unfollowed')]).toEqual([1, 20]))
  expect(seen()).toBe(before)
  await talk()
})

test('floods of GRAFT, PRUNE, IHAVE, IWANT and IDONTWANT end with the connection, and the others go on talking', async () => {
  const relay = await startRelay()
  const { topic, talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  await isNeighbour(relay, attacker)
  const name = [...new TextEncoder().encode(topic)]
  const times = (count: number, entry: number[]): number[] => Array.from({ length: count }, () => entry).flat()
  const ids = (number: number): number[] => times(10, field(number, [...new Uint8Array(20)]))
  const control = [
    ...times(10, field(1, [...field(1, name), ...ids(2)])),
    ...times(10, field(2, ids(1))),
    ...times(200, field(3, field(1, name))),
    ...times(200, field(4, field(1, name))),
    ...times(5, field(5, ids(1)))
  ]
  while (attacker.isConnected()) {
    for (let frame = 0; frame < 5; frame++) sendBytes(attacker, field(3, control))
    await breathe()
  }
  expect(refused(relay, 'pubsub-control-rate')).toBeGreaterThan(200)
  await talk()
  await newcomerGetsSlot(relay)
})
