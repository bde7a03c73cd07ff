/** What a relay's own port withstands, through a whole relay. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { Front } from '../../../relay/front/front.ts'
import { slowest } from '../../../relay/front/slow-readers.ts'
import { relayOptions } from '../../../relay/node/relay-options.ts'
import { Tally } from '../../../relay/tally.ts'
import { freshIdentity } from '../../../src/node/identity.ts'
import { pubsubOf, roomTopic, startClient, startRelay, tcpAddress, testConfig, until, webSocketAddress } from '../clients.ts'
import type { TestRelay } from '../clients.ts'
import { startProxy } from './proxies.ts'

const TEXT = new TextEncoder()
/** yamux pings that want to be answered: version 0, type 2, flag SYN, stream 0, any number. */
const PINGS = new Uint8Array(Buffer.from('000200010000000000000007', 'hex').toString('latin1').repeat(5_000).split('').map((each) => each.charCodeAt(0)))
const PING_ROUNDS = 100
/** More than the system itself keeps for a loopback connection, and than the relay does. */
const MESSAGES = 600
const MESSAGE_BYTES = 60_000
/** What may wait in the relay: the socket's share, what is encrypted, the stream's; each may be passed by one message. */
const MOST_WAITING_BYTES = 262_144 + 524_288 + 4_194_304 + 4 * 65_536

function portOf(address: string): number {
  return Number(/\/tcp\/(\d+)/.exec(address)?.[1])
}

function counts(relay: TestRelay): Record<string, number> {
  return Object.fromEntries(relay.front.refusals.counts)
}

/** A client that reaches the relay through a proxy, which can stop reading. */
async function startStallingClient(relay: TestRelay, address: string) {
  const proxy = await startProxy(portOf(address))
  const client = await startClient()
  const connection = await client.node.dial(multiaddr(address.replace(/\/tcp\/\d+/, `/tcp/${proxy.port}`)))
  await until(() => expect(relay.libp2p.getConnections(client.node.peerId)).toHaveLength(1))
  const [served] = relay.libp2p.getConnections(client.node.peerId)
  if (served === undefined) throw new Error('the relay has no connection')
  return { client, connection, proxy, served }
}

interface Layer { writeBufferLength: number, send(data: Uint8Array): boolean }
/** libp2p's layers below a connection, which are not in the typed surface: yamux, Noise, our WebSocket. */
function layersOf(connection: Connection) {
  const { muxer, maConn } = connection as unknown as { muxer: { maConn: Layer }, maConn: Layer }
  return { encrypted: muxer.maConn, raw: maConn }
}

/** Bytes that wait above the socket. */
function waiting(connection: Connection): number {
  const { encrypted, raw } = layersOf(connection)
  return raw.writeBufferLength + encrypted.writeBufferLength +
    connection.streams.reduce((sum, { writeBufferLength }) => sum + writeBufferLength, 0)
}

test('who stops reading while others talk is dropped at a bound, and the others hear everything', async () => {
  const relay = await startRelay()
  const { client: slow, proxy, served } = await startStallingClient(relay, webSocketAddress(relay))
  const quick = await startClient(relay)
  const topic = roomTopic('a')
  await Promise.all([slow.join(topic), quick.join(topic)])
  await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(2))
  proxy.stall()
  let most = 0
  for (let index = 0; index < MESSAGES; index++) {
    await pubsubOf(relay).publish(topic, TEXT.encode(`${index} `.padEnd(MESSAGE_BYTES, 'x')))
    most = Math.max(most, waiting(served))
    // Messages come from outside, not all in one turn of the event loop.
    await new Promise((resolve) => { setImmediate(resolve) })
  }
  await until(() => expect(relay.libp2p.getConnections(slow.node.peerId).length).toBe(0))
  expect(counts(relay)['slow-reader']).toBe(1)
  expect(most).toBeGreaterThan(262_144)
  expect(most).toBeLessThan(MOST_WAITING_BYTES)
  await until(() => expect(quick.heard).toHaveLength(MESSAGES))
  expect(relay.libp2p.getConnections(quick.node.peerId)).toHaveLength(1)
}, 60_000)

test('a room that comes back all at once is heard by a reader who was away for a moment', async () => {
  const relay = await startRelay()
  const { client: slow, proxy } = await startStallingClient(relay, webSocketAddress(relay))
  const topic = roomTopic('b')
  await slow.join(topic)
  await until(() => expect(pubsubOf(relay).getSubscribers(topic)).toHaveLength(1))
  proxy.stall()
  // Twelve people, each with an offer to the eleven others.
  for (let offer = 0; offer < 12 * 11; offer++) await pubsubOf(relay).publish(topic, TEXT.encode(`${offer} `.padEnd(20_000, 'x')))
  proxy.resume()
  await until(() => expect(slow.heard).toHaveLength(12 * 11))
  expect(counts(relay)['slow-reader']).toBeUndefined()
}, 60_000)

test.each([
  ['little enough waits', [10, 20, 30], 60, []],
  ['too much waits', [10, 40, 30], 50, [40]],
  ['far too much waits', [10, 40, 30], 20, [40, 30]]
])('when %s in all, the fullest go until it is little enough', (_what, lengths, maxBytes, gone) => {
  const streams = lengths.map((writeBufferLength) => ({ writeBufferLength }))
  expect(slowest(streams, maxBytes).map(({ writeBufferLength }) => writeBufferLength)).toEqual(gone)
})

test.each([['WebSocket', webSocketAddress], ['TCP', tcpAddress]])('who asks without end and reads no answer fills no memory, by %s', async (kind, address) => {
  const relay = await startRelay()
  const { connection, proxy, served, client } = kind === 'TCP' ? await startTcpClient(relay) : await startStallingClient(relay, address(relay))
  const { encrypted } = layersOf(connection)
  proxy.stall()
  let most = 0
  for (let round = 0; round < PING_ROUNDS && connection.status === 'open'; round++) {
    encrypted.send(PINGS)
    await new Promise((resolve) => { setImmediate(resolve) })
    most = Math.max(most, waiting(served))
  }
  expect(most).toBeLessThan(MOST_WAITING_BYTES)
  // By TCP nothing stops us from being heard, so that the answers pile up, to the bound.
  if (kind === 'TCP') await until(() => expect(counts(relay)).toMatchObject({ 'slow-reader': 1 }))
  await client.node.stop()
}, 60_000)

/** A relay is a client by TCP that can do without a proxy of WebSockets. */
async function startTcpClient(relay: TestRelay) {
  const proxy = await startProxy(portOf(tcpAddress(relay)))
  const other = await startRelay()
  const connection = await other.libp2p.dial(multiaddr(tcpAddress(relay).replace(/\/tcp\/\d+/, `/tcp/${proxy.port}`)))
  await until(() => expect(relay.libp2p.getConnections(other.libp2p.peerId)).toHaveLength(1))
  const [served] = relay.libp2p.getConnections(other.libp2p.peerId)
  if (served === undefined) throw new Error('the relay has no connection')
  return { client: { node: other.libp2p }, connection, proxy, served }
}

test('a WebSocket message longer than any honest one ends the connection', async () => {
  const relay = await startRelay()
  const socket = new WebSocket(`ws://127.0.0.1:${portOf(webSocketAddress(relay))}`)
  await once(socket, 'open')
  socket.on('error', () => undefined)
  socket.send(new Uint8Array(131_073))
  expect((await once(socket, 'close'))[0]).toBe(1009)
  await until(() => expect(counts(relay)).toMatchObject({ 'message-too-long': 1, 'libp2p-handshake': 1 }))
})

test('what is no libp2p is closed and counted', async () => {
  const relay = await startRelay()
  const socket = new WebSocket(`ws://127.0.0.1:${portOf(webSocketAddress(relay))}`)
  await once(socket, 'open')
  // A line of 2,000 bytes, where the longest name of a protocol has a thousand.
  socket.send(Buffer.concat([Buffer.of(0xd0, 0x0f), Buffer.alloc(2_000)]))
  await once(socket, 'close')
  await until(() => expect(counts(relay)).toEqual({ 'libp2p-handshake': 1 }))
})

test('a WebSocket on which no handshake follows is closed in time', async () => {
  const config = testConfig()
  const front = new Front({ config, http: createServer(), refusals: new Tally(), turn: () => undefined })
  await front.listen()
  const options = relayOptions({ config, privateKey: await freshIdentity(), datastore: undefined, front, tcpPort: undefined })
  expect(options.connectionManager.inboundUpgradeTimeout).toBeLessThan(60_000)
  const node = await createLibp2p({ ...options, connectionManager: { ...options.connectionManager, inboundUpgradeTimeout: 200 } })
  onTestFinished(async () => { await node.stop(); await front.close() })
  const socket = new WebSocket(`ws://127.0.0.1:${front.address()?.port}`)
  await once(socket, 'open')
  // Half of Noise's first message: the protocol is agreed on, and nothing more comes.
  socket.send('\x13/multistream/1.0.0\n\x07/noise\n')
  await once(socket, 'close')
  await until(() => expect(Object.fromEntries(front.refusals.counts)).toEqual({ 'libp2p-handshake': 1 }))
  await until(() => expect(front.admission.open).toBe(0))
})

test('a broken WebSocket handshake is answered, closed and counted', async () => {
  const relay = await startRelay()
  const socket = connect(portOf(webSocketAddress(relay)), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n')
  expect(Buffer.concat(await socket.toArray() as Buffer[]).toString()).toMatch(/^HTTP\/1\.1 400 /)
  await until(() => expect(counts(relay)).toEqual({ 'websocket-handshake': 1 }))
  await until(() => expect(relay.front.admission.open).toBe(0))
})

test('connections by plain TCP count with those of the own port', async () => {
  const relay = await startRelay({ limits: { ...testConfig().limits, connectionsPerAddress: 2 } })
  const kept = [await startClient(relay), await startClient(relay)]
  const other = await startRelay()
  await expect(other.libp2p.dial(multiaddr(tcpAddress(relay)))).rejects.toThrow()
  await until(() => expect(counts(relay)['address-connections']).toBe(1))
  for (const client of kept) await client.node.stop()
  await until(() => expect(relay.front.admission.open).toBe(0))
})

test('a crowd behind one address is let in at once', async () => {
  const relay = await startRelay()
  const crowd = await Promise.all(Array.from({ length: 60 }, async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${portOf(webSocketAddress(relay))}`)
    onTestFinished(() => socket.terminate())
    await once(socket, 'open')
    return socket
  }))
  expect(crowd).toHaveLength(60)
  expect(counts(relay)).toEqual({})
})
