import { expect, test } from 'vitest'
import { startClient, startRelay, until } from '../clients.ts'

test('a relay lists every connection, and those of one peer', async () => {
  const relay = await startRelay()
  const [anna, ben] = [await startClient(relay), await startClient(relay)]
  const { libp2p } = relay
  await until(() => expect(libp2p.getConnections()).toHaveLength(2))
  expect(libp2p.getConnections().map(({ remotePeer }) => remotePeer.toString()).sort())
    .toEqual([anna, ben].map(({ node }) => node.peerId.toString()).sort())
  expect(libp2p.getConnections(anna.node.peerId).map(({ remotePeer }) => remotePeer.toString())).toEqual([anna.node.peerId.toString()])
})
