import { expect, test } from 'vitest'
import { followedBy, meshOf, pubsubOf, roomTopic, startClient, startFollower, startRelay, tcpAddress, until } from '../clients.ts'

const topic = roomTopic('a')

test('a message crosses a relay that both clients share, as soon as the relay has said that it follows', async () => {
  const relay = await startRelay()
  const [alice, bob] = await Promise.all([startClient(relay), startClient(relay)])
  await Promise.all([alice.join(topic), bob.join(topic)])
  await until(() => expect(meshOf(relay, topic)).toHaveLength(2))
  await alice.say(topic, 'hello')
  await until(() => expect(bob.heard).toEqual(['hello']))
})

test('a client that leaves and comes back hears the next message at once, and is heard, each time', async () => {
  const relay = await startRelay()
  const [alice, bob] = await Promise.all([startClient(relay), startClient(relay)])
  await Promise.all([alice.join(topic), bob.join(topic)])
  for (let round = 0; round < 5; round++) {
    bob.pubsub.unsubscribe(topic)
    await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(1))
    bob.pubsub.subscribe(topic)
    await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(2))
    // At once, not at some later heartbeat: what is said now must be forwarded.
    expect(meshOf(relay, topic)).toHaveLength(2)
    await alice.say(topic, `to bob ${round}`)
    await bob.say(topic, `to alice ${round}`)
    await until(() => {
      expect(bob.heard).toContain(`to bob ${round}`)
      expect(alice.heard).toContain(`to alice ${round}`)
    })
  }
})

test('the room works again at once when its last client comes back to a relay that had unfollowed', async () => {
  const relay = await startFollower({ graceMs: 0 })
  const [alice, bob] = await Promise.all([startClient(relay), startClient(relay)])
  await Promise.all([alice.join(topic), bob.join(topic)])
  alice.pubsub.unsubscribe(topic)
  bob.pubsub.unsubscribe(topic)
  await until(() => expect(followedBy(relay)).toEqual([]))
  await until(() => expect([...alice.pubsub.getSubscribers(topic), ...bob.pubsub.getSubscribers(topic)]).toEqual([]))
  await Promise.all([alice.join(topic), bob.join(topic)])
  await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(2))
  expect(meshOf(relay, topic)).toHaveLength(2)
  await alice.say(topic, 'again')
  await until(() => expect(bob.heard).toContain('again'))
})

test('every client of a large room hears a message within the same moment', async () => {
  const relay = await startRelay()
  const clients = await Promise.all(Array.from({ length: 20 }, () => startClient(relay)))
  await Promise.all(clients.map((client) => client.join(topic)))
  await until(() => expect(meshOf(relay, topic)).toHaveLength(20))
  await clients[0]?.say(topic, 'hello')
  await until(() => {
    for (const client of clients.slice(1)) expect(client.heard).toEqual(['hello'])
  })
})

test('only room topics are followed', async () => {
  const relay = await startRelay()
  const client = await startClient(relay)
  for (const stray of ['chat', `${topic}a`, topic.toUpperCase(), 'parley/1/short']) client.pubsub.subscribe(stray)
  await client.join(topic)
  expect(followedBy(relay)).toEqual([topic])
})

test('a client gets its eighth topic followed and not its ninth', async () => {
  const relay = await startRelay()
  const client = await startClient(relay)
  const topics = [...'abcdefghi'].map(roomTopic)
  for (const each of topics.slice(0, 8)) await client.join(each)
  client.pubsub.subscribe(topics[8] ?? '')
  await until(() => expect(pubsubOf(relay).getSubscribers(topics[8] ?? '')).toHaveLength(1))
  expect(followedBy(relay).sort()).toEqual(topics.slice(0, 8))
})

test('a relay does not follow what only another relay subscribes to', async () => {
  const first = await startRelay()
  const second = await startRelay({ bootstrap: [tcpAddress(first)] })
  await until(() => expect(pubsubOf(first).getPeers()).toHaveLength(1))
  const client = await startClient(second)
  await client.join(topic)
  await until(() => expect(pubsubOf(first).getSubscribers(topic)).toHaveLength(1))
  await until(() => expect(followedBy(first)).toEqual([]))
})

test('a topic is unfollowed after its last client has gone, and what came with following it ends', async () => {
  const ended: string[] = []
  const relay = await startFollower({
    graceMs: 50,
    onFollow: (followed, { signal }) => signal.addEventListener('abort', () => ended.push(followed))
  })
  const [first, last] = await Promise.all([startClient(relay), startClient(relay)])
  await Promise.all([first.join(topic), last.join(topic)])
  first.pubsub.unsubscribe(topic)
  await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(1))
  expect(ended).toEqual([])
  await last.node.stop()
  await until(() => expect(followedBy(relay)).toEqual([]))
  expect(ended).toEqual([topic])
})

test('a client that comes back within the grace time finds the topic followed all along', async () => {
  let follows = 0
  const relay = await startFollower({ graceMs: 60_000, onFollow: () => { follows++ } })
  const client = await startClient(relay)
  await client.join(topic)
  client.pubsub.unsubscribe(topic)
  await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(0))
  await client.join(topic)
  expect(follows).toBe(1)
})

test('a relay at its limit gives up a topic in its grace time for one that somebody wants', async () => {
  const relay = await startFollower({ graceMs: 60_000, limits: { perClient: 8, total: 2 } })
  const client = await startClient(relay)
  const [a, b, c, d] = [roomTopic('a'), roomTopic('b'), roomTopic('c'), roomTopic('d')]
  await client.join(a)
  await client.join(b)
  client.pubsub.unsubscribe(a)
  await client.join(c)
  expect(followedBy(relay).sort()).toEqual([b, c])
  client.pubsub.subscribe(d)
  await until(() => expect(pubsubOf(relay).getSubscribers(d)).toHaveLength(1))
  expect(followedBy(relay).sort()).toEqual([b, c])
})
