import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, onTestFinished, test } from 'vitest'
import { encodeDrain } from '../../../src/wire/drain.ts'
import { DEFAULT_NETWORK, networkNames } from '../../../src/wire/network.ts'
import { startClient, startRelay, until, webSocketAddress } from '../clients.ts'
import { startNode } from './clients.ts'

const { drain: PROTOCOL } = networkNames(DEFAULT_NETWORK)
/** Longer than any test may take: whatever ends earlier has ended for a better reason than time. */
const LONG_MS = 100_000

const through = (relay: { peerId: string }) => expect.stringContaining(`/p2p/${relay.peerId}/p2p-circuit`)
const health = async (relay: { httpUrl: string }): Promise<number> => (await fetch(`${relay.httpUrl}/healthz`)).status

test('clients move to another relay that they know, and then the relay may stop', async () => {
  const leaving = await startRelay({ drainMs: LONG_MS })
  const staying = await startRelay()
  const node = await startNode(webSocketAddress(leaving), webSocketAddress(staying))
  await until(() => expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(leaving), through(staying)])))
  await leaving.drain()
  expect(leaving.libp2p.getPeers()).toEqual([])
  await until(() => expect(node.network.addresses.value).not.toEqual(expect.arrayContaining([through(leaving)])))
  expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(staying)]))
})

test('a client that knows no other relay asks the leaving one for some, and says its new address before it goes', async () => {
  const staying = await startRelay()
  const leaving = await startRelay({ drainMs: LONG_MS, bootstrap: [webSocketAddress(staying)] })
  const node = await startNode(webSocketAddress(leaving))
  await until(() => expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(leaving)])))
  await until(() => expect(leaving.libp2p.getPeers().map(String)).toContain(staying.peerId))
  await leaving.drain()
  await until(() => expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(staying)])))
  expect(node.stored.get('parley:relays')).toContain(staying.peerId)
})

test('while it drains a relay is not healthy, lets nobody in, and gives no slots', async () => {
  const relay = await startRelay({ drainMs: LONG_MS })
  const inside = await startClient(relay)
  expect(await health(relay)).toBe(200)
  const node = await startNode(webSocketAddress(relay))
  await until(() => expect(node.relays.connected.value).toBe(1))
  await until(() => expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(2))
  const draining = relay.drain()
  expect(relay.drain()).toStrictEqual(draining)
  await until(() => expect(relay.libp2p.services.circuitRelay.reservations.size).toBe(2))
  expect(await health(relay)).toBe(503)
  const outside = await startClient()
  await expect(outside.node.dial(multiaddr(webSocketAddress(relay)), { signal: AbortSignal.timeout(5_000) })).rejects.toThrow()
  expect(inside.node.getConnections()).toHaveLength(1)
})

test('a client with nowhere to go is kept to the end, and no longer', async () => {
  const relay = await startRelay({ drainMs: 500 })
  const node = await startNode(webSocketAddress(relay))
  await until(() => expect(node.network.addresses.value).not.toEqual([]))
  await relay.drain()
  expect(node.relays.connected.value).toBe(1)
  await relay.close()
  await until(() => expect(node.relays.connected.value).toBe(0))
})

test('a relay that comes back under the same name is used again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const relay = await startRelay({ data, drainMs: 100 })
  const node = await startNode(webSocketAddress(relay))
  await until(() => expect(node.network.addresses.value).not.toEqual([]))
  await relay.drain()
  await relay.close()
  await until(() => expect(node.relays.connected.value).toBe(0))
  const again = await startRelay({ data, port: Number(new URL(relay.httpUrl).port) })
  await until(() => expect(again.libp2p.getPeers().map(String)).toContain(node.network.self), 25_000)
  await until(() => expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(again)])))
})

test('a notice from somebody who is not our relay, or again and again, or absurd, moves nobody', async () => {
  const used = await startRelay()
  const other = await startRelay()
  const node = await startNode(webSocketAddress(used), webSocketAddress(other))
  await until(() => expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(used), through(other)])))
  const self = node.network.self
  const tell = async (relay: typeof used, bytes: Uint8Array): Promise<void> => {
    const connection = relay.libp2p.getConnections().find(({ remotePeer }) => remotePeer.toString() === self)
    const stream = await connection!.newStream(PROTOCOL)
    await lpStream(stream).write(bytes).catch(() => {
      // An unwelcome notice is not waited for.
    })
    await until(() => expect(stream.status).not.toBe('open'))
  }
  await tell(used, new TextEncoder().encode('{"ms":1e300}'))
  // The second one within a minute is not even read.
  await tell(used, encodeDrain({ ms: 60_000 }))
  const stranger = await startClient(used)
  const [, address] = node.network.addresses.value
  const circuit = await stranger.node.dial(multiaddr(node.network.addresses.value.find((each) => !each.includes('/webrtc')) ?? address!))
  await expect(circuit.newStream(PROTOCOL)).rejects.toThrow(expect.objectContaining({ name: 'LimitedConnectionError' }))
  expect(node.relays.connected.value).toBe(2)
  expect(node.network.addresses.value).toEqual(expect.arrayContaining([through(used), through(other)]))
})
