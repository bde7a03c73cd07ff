import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identify } from '@libp2p/identify'
import { webRTCDirect } from '@libp2p/webrtc'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished, test } from 'vitest'
import { chooseUdpPort } from '../../../relay/webrtc-direct/udp-port.ts'
import { startRelay, until, webSocketAddress } from '../clients.ts'
import { startNode } from '../services/clients.ts'

const direct = (relay: { multiaddrs(): string[] }): string => relay.multiaddrs().find((each) => each.includes('/webrtc-direct/')) ?? ''

const hashAndPeer = (address: string): string => address.replace(/^.*\/certhash\//, '')

test('webrtc-direct is on the number of the relay\'s own port, and its hash survives a restart', async () => {
  const data = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const first = await startRelay({ data, webrtcDirect: { enabled: true } })
  const { port } = new URL(first.httpUrl)
  const before = direct(first)
  expect(before).toMatch(new RegExp(`^/ip4/127\\.0\\.0\\.1/udp/${port}/webrtc-direct/certhash/u[\\w-]+/p2p/${first.peerId}$`))
  await first.close()
  // The UDP port is free again only when the process has ended: a restart within one gets another number.
  expect(hashAndPeer(direct(await startRelay({ data, webrtcDirect: { enabled: true } })))).toBe(hashAndPeer(before))
})

test('a node connects by it, and the relay stops although it is connected', async () => {
  const relay = await startRelay({ webrtcDirect: { enabled: true } })
  const node = await createLibp2p({ transports: [webRTCDirect({ rtcConfiguration: { iceServers: [] } })], services: { identify: identify() } })
  onTestFinished(async () => { await node.stop() })
  const connection = await node.dial(multiaddr(direct(relay)))
  expect(connection.remotePeer.toString()).toBe(relay.peerId)
  await relay.close()
})

test('the app prefers the WebSocket of a relay that is known by both, and counts it once', async () => {
  const relay = await startRelay({ webrtcDirect: { enabled: true } })
  const node = await startNode(direct(relay), webSocketAddress(relay))
  await until(() => expect(node.network.addresses.value).not.toEqual([]))
  expect(node.relays.connected.value).toBe(1)
  expect(relay.libp2p.getConnections().map(({ remoteAddr }) => remoteAddr.toString())).toEqual([expect.stringContaining('/ws')])
})

test('where the WebSocket cannot be reached it comes by webrtc-direct, and remembers that', async () => {
  const relay = await startRelay({ webrtcDirect: { enabled: true } })
  const dead = createServer().listen(0, '127.0.0.1')
  await once(dead, 'listening')
  const { port } = dead.address() as AddressInfo
  dead.close()
  const node = await startNode(`/ip4/127.0.0.1/tcp/${port}/ws/p2p/${relay.peerId}`, direct(relay))
  await until(() => expect(node.relays.connected.value).toBe(1))
  await until(() => expect(node.stored.get('parley:relays')).toContain('/webrtc-direct/'))
  await until(() => expect(node.network.addresses.value).not.toEqual([]))
})

test('without webrtc-direct there is no such address', async () => {
  expect(direct(await startRelay())).toBe('')
})

test('another number is taken when somebody has that of the relay, unless it was asked for', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  onTestFinished(() => { socket.close() })
  const { port } = socket.address()
  const host = '127.0.0.1'
  const chosen = await chooseUdpPort({ webrtcDirect: { enabled: true }, host }, port)
  expect(chosen).toBeGreaterThan(0)
  expect(chosen).not.toBe(port)
  await expect(chooseUdpPort({ webrtcDirect: { enabled: true, port }, host }, 1)).rejects.toThrow(expect.objectContaining({ code: 'EADDRINUSE', port }))
  expect(await chooseUdpPort({ webrtcDirect: { enabled: false, port }, host }, 1)).toBeUndefined()
})
