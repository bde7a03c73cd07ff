import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, onTestFinished, test } from 'vitest'
import { createRelay } from '../../relay/relay.ts'
import { releaseReservations } from '../../relay/node/reservation-release.ts'
import { testConfig, startClient, startRelay, tcpAddress, until, webSocketAddress } from './clients.ts'

test('app and WebSockets share one port', async () => {
  const relay = await startRelay()
  const { port } = new URL(relay.httpUrl)
  expect(webSocketAddress(relay)).toContain(`/tcp/${port}/ws/`)
  expect(await (await fetch(`${relay.httpUrl}/healthz`)).text()).toBe('ok\n')
  const client = await startClient(relay)
  expect(client.node.getConnections()).toHaveLength(1)
})

test('a relay sees where a WebSocket came from', async () => {
  const relay = await startRelay()
  const client = await startClient(relay)
  await until(() => {
    const [connection] = relay.libp2p.getConnections(client.node.peerId)
    expect(connection?.remoteAddr.toString()).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws/)
  })
})

test('much data crosses the shared port whole and in order', async () => {
  const relay = await startRelay()
  const client = await startClient(relay)
  const body = new Uint8Array(3_000_000).map((_, index) => index * 31 % 251)
  let received = new Uint8Array()
  await client.node.handle('/test/bulk', async (stream) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk.subarray())
    received = new Uint8Array(Buffer.concat(chunks))
  })
  await until(() => expect(relay.libp2p.getPeers()).toHaveLength(1))
  const stream = await relay.libp2p.dialProtocol(client.node.peerId, '/test/bulk')
  for (let at = 0; at < body.length; at += 60_000) {
    if (!stream.send(body.subarray(at, at + 60_000))) await stream.onDrain()
  }
  await stream.close()
  await until(() => expect(received.length).toBe(body.length))
  expect(Buffer.compare(received, body)).toBe(0)
})

test('a client gets a circuit relay slot, and others get it a while after the client has gone', async () => {
  const relay = await startRelay()
  const { circuitRelay } = relay.libp2p.services
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  releaseReservations({ libp2p: relay.libp2p, relay: circuitRelay, graceMs: 30, signal: lifetime.signal })
  const client = await startClient(relay)
  await until(() => expect(circuitRelay.reservations.size).toBe(1))
  await client.node.stop()
  await until(() => expect(circuitRelay.reservations.size).toBe(0), 2_000)
})

test('a client that is back within the grace time keeps its slot', async () => {
  const relay = await startRelay()
  const { circuitRelay } = relay.libp2p.services
  const lifetime = new AbortController()
  onTestFinished(() => lifetime.abort())
  const client = await startClient(relay)
  await until(() => expect(circuitRelay.reservations.size).toBe(1))
  releaseReservations({ libp2p: relay.libp2p, relay: circuitRelay, graceMs: 300, signal: lifetime.signal })
  const gone = Promise.withResolvers<void>()
  relay.libp2p.addEventListener('peer:disconnect', () => gone.resolve(), { once: true })
  await Promise.all(relay.libp2p.getConnections(client.node.peerId).map((connection) => connection.close()))
  await gone.promise
  await client.node.dial(multiaddr(webSocketAddress(relay)))
  // The end of the grace time is what is waited for: only then could the slot have been lost.
  await new Promise((resolve) => { setTimeout(resolve, 400) })
  expect(circuitRelay.reservations.size).toBe(1)
})

test('a relay comes back to a bootstrap relay that was away', async () => {
  const data = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const config = testConfig({ data })
  const first = await createRelay(config, new AbortController())
  const port = Number(new URL(first.httpUrl).port)
  const other = await startRelay({ bootstrap: [webSocketAddress(first)] })
  await until(() => expect(other.libp2p.getPeers().map(String)).toEqual([first.peerId]))
  await first.close()
  await until(() => expect(other.libp2p.getPeers()).toEqual([]))
  await startRelay({ data, port })
  await until(() => expect(other.libp2p.getPeers().map(String)).toEqual([first.peerId]), 20_000)
})

test('closing frees the port, also when it comes in the middle of the start', async () => {
  const lifetime = new AbortController()
  const config = testConfig()
  const starting = createRelay(config, lifetime)
  lifetime.abort()
  await expect(starting).rejects.toThrow()
  const relay = await createRelay(config, new AbortController())
  const port = Number(new URL(relay.httpUrl).port)
  await relay.close()
  const again = await startRelay({ port })
  expect(Number(new URL(again.httpUrl).port)).toBe(port)
})

test('relays also reach each other by plain TCP', async () => {
  const relay = await startRelay()
  const other = await startRelay()
  const connection = await other.libp2p.dial(multiaddr(tcpAddress(relay)))
  expect(connection.remotePeer.toString()).toBe(relay.peerId)
})
