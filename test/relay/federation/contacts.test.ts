import type { KadDHT } from '@libp2p/kad-dht'
import { expect, onTestFinished, test } from 'vitest'
import { contactTable, dropDeadContacts } from '../../../relay/federation/contacts.ts'
import { startRelay, until, webSocketAddress } from '../clients.ts'
import type { TestRelay } from '../clients.ts'

function tableOf({ libp2p }: TestRelay) {
  return contactTable((libp2p.services as unknown as { dht: KadDHT }).dht)
}

test('a relay that is gone leaves the routing table, and one that only broke the connection stays', async () => {
  const relay = await startRelay()
  const [staying, leaving] = [await startRelay({ bootstrap: [webSocketAddress(relay)] }), await startRelay({ bootstrap: [webSocketAddress(relay)] })]
  await until(() => expect(tableOf(relay).size).toBe(2))
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  dropDeadContacts({ libp2p: relay.libp2p, table: tableOf(relay), graceMs: 50, signal: lifetime.signal })
  for (const connection of relay.libp2p.getConnections(staying.libp2p.peerId)) connection.abort(new Error('cut'))
  await leaving.close()
  await until(() => expect(tableOf(relay).size).toBe(1))
  expect(await tableOf(relay).find(staying.libp2p.peerId)).toBeDefined()
  expect(await tableOf(relay).find(leaving.libp2p.peerId)).toBeUndefined()
})
