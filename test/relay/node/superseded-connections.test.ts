import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { roomTopic, startClient, startRelay, until, webSocketAddress } from '../clients.ts'
import type { TestClient, TestRelay } from '../clients.ts'
import { tunnelTo } from '../tunnel.ts'

const ROOM = roomTopic('a')

/** Another connection of the same client, as after a change of network: the relay has heard nothing of the end of the first. */
async function connectAgain({ node }: TestClient, relay: TestRelay) {
  return await node.dial(multiaddr(webSocketAddress(relay)), { force: true })
}

test('a client whose network has changed is heard and spoken to on its new connection, and the old one ends', async () => {
  const relay = await startRelay()
  const tunnel = await tunnelTo(relay)
  const [anna, ben] = [await startClient({ multiaddrs: () => [tunnel.address] }), await startClient(relay)]
  for (const each of [anna, ben]) await each.join(ROOM)
  await ben.say(ROOM, 'before')
  await until(() => expect(anna.heard).toEqual(['before']))
  const connections = () => relay.libp2p.getConnections(anna.node.peerId)
  const [old] = connections()
  // Nothing of its end reaches the relay.
  tunnel.lose()
  anna.node.getConnections()[0]!.abort(new Error('the network has changed'))
  expect(old!.status).toBe('open')
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
  // A client may look at us on a connection of its own, as its doctor does, and go on speaking on the first.
  const third = await connectAgain(anna, relay)
  await until(() => expect(connections()).toHaveLength(3))
  await anna.say(ROOM, 'still here')
  await until(() => expect(ben.heard).toContain('still here'))
  await anna.join(roomTopic('b'))
  await until(() => expect(relay.libp2p.services.pubsub.getSubscribers(roomTopic('b'))).not.toEqual([]))
  expect(connections().map(({ status }) => status)).toEqual(['open', 'open', 'open'])
  await third.close()
  await first!.close()
  await until(() => expect(connections()).toHaveLength(1))
  await until(async () => {
    await ben.say(ROOM, 'after')
    expect(anna.heard.at(-1)).toBe('after')
  })
})
