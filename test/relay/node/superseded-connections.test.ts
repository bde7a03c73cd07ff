import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { roomTopic, startClient, startRelay, until, webSocketAddress } from '../clients.ts'
import type { TestClient, TestRelay } from '../clients.ts'

const ROOM = roomTopic('a')

/** Another connection of the same client, as after a change of network: the relay has heard nothing of the end of the first. */
async function connectAgain({ node }: TestClient, relay: TestRelay) {
  return await node.dial(multiaddr(webSocketAddress(relay)), { force: true })
}

test('a client whose old connection is silent is heard and spoken to on the new connection, and the old one ends', async () => {
  const relay = await startRelay()
  const [anna, ben] = [await startClient(relay), await startClient(relay)]
  for (const each of [anna, ben]) await each.join(ROOM)
  await ben.say(ROOM, 'before')
  await until(() => expect(anna.heard).toEqual(['before']))
  const connections = () => relay.libp2p.getConnections(anna.node.peerId)
  const [old] = connections()
  old!.timeline.open -= 60_000
  // Where the network is gone a question is not declined, and never answered.
  old!.newStream = () => new Promise(() => undefined)
  await connectAgain(anna, relay)
  await until(() => expect(old!.status).not.toBe('open'))
  expect(connections()).toHaveLength(1)
  await until(async () => {
    await ben.say(ROOM, 'after')
    expect(anna.heard.at(-1)).toBe('after')
  })
})

test('of connections that are alive the client chooses, and is spoken to on the one that is left', async () => {
  const relay = await startRelay()
  const [anna, ben] = [await startClient(relay), await startClient(relay)]
  for (const each of [anna, ben]) await each.join(ROOM)
  const [first] = anna.node.getConnections()
  const second = await connectAgain(anna, relay)
  const connections = () => relay.libp2p.getConnections(anna.node.peerId)
  await until(() => expect(connections()).toHaveLength(2))
  await second.newStream('/ipfs/ping/1.0.0')
  expect(connections().map(({ status }) => status)).toEqual(['open', 'open'])
  connections()[0]!.timeline.open -= 60_000
  const third = await connectAgain(anna, relay)
  await until(() => expect(connections()).toHaveLength(3))
  // A client may look at us on a connection of its own, as its doctor does. The round trip is noted when it has answered.
  await until(() => expect(connections()[0]!.rtt).toBeGreaterThan(0))
  expect(connections().map(({ status }) => status)).toEqual(['open', 'open', 'open'])
  await third.close()
  await first!.close()
  await until(() => expect(connections()).toHaveLength(1))
  await until(async () => {
    await ben.say(ROOM, 'after')
    expect(anna.heard.at(-1)).toBe('after')
  })
})
