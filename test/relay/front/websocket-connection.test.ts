import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { FrontRefusal } from '../../../relay/front/refusals.ts'
import { Tally } from '../../../relay/tally.ts'
import { WebSocketConnection } from '../../../relay/front/websocket-connection.ts'
import { until } from '../clients.ts'

/** Says nothing. */
const LOG = Object.assign(() => undefined, { error: () => undefined, trace: () => undefined, enabled: false, newScope: () => LOG }) as unknown as Logger

/** A connection whose other side is a plain WebSocket. */
async function connected({ stallMs = 20_000, pingMs = 20_000, autoPong = true }) {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server = new WebSocketServer({ server: http })
  const refusals = new Tally<FrontRefusal>()
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, { autoPong })
  const [[socket]] = await Promise.all([once(server, 'connection') as Promise<[WebSocket]>, once(client, 'open')])
  const connection = new WebSocketConnection({
    socket, refusals, stallMs, pingMs, remoteAddr: multiaddr('/ip4/127.0.0.1/tcp/1/ws'), log: LOG
  })
  onTestFinished(() => {
    client.terminate()
    http.close()
  })
  return { connection, client, refusals }
}

/** More than the system keeps for a connection. */
const PLENTY = 400
const CHUNK = new Uint8Array(60_000)

/** Writes without a thought to who takes it; what is too much waits in the connection. */
function load(connection: WebSocketConnection): void {
  for (let index = 0; index < PLENTY; index++) connection.send(CHUNK)
}

test('who takes nothing is dropped', async () => {
  const { connection, client, refusals } = await connected({ stallMs: 200 })
  client.pause()
  load(connection)
  await until(() => expect(connection.status).toBe('aborted'))
  expect(Object.fromEntries(refusals.counts)).toEqual({ 'slow-reader': 1 })
})

test('who takes a little at a time is served to the end, however long that takes', async () => {
  const { connection, client, refusals } = await connected({ stallMs: 1_000 })
  let received = 0
  client.on('message', (data: Buffer) => {
    received += data.length
    client.pause()
    setTimeout(() => client.resume(), 5)
  })
  load(connection)
  await until(() => expect(received).toBe(PLENTY * CHUNK.length), 25_000)
  expect(refusals.counts.size).toBe(0)
  expect(connection.status).toBe('open')
})

test('while the other side does not read, it is not read either, and is again when it does', async () => {
  const { connection, client } = await connected({ stallMs: 60_000 })
  let heard = 0
  connection.addEventListener('message', ({ data }) => { heard += data.byteLength })
  client.pause()
  load(connection)
  let unread = 0
  const sending = setInterval(() => {
    client.send(CHUNK)
    unread = Math.max(unread, client.bufferedAmount)
  }, 1)
  onTestFinished(() => clearInterval(sending))
  // The system keeps some megabytes; after that, what is not read stays with who sent it.
  await until(() => expect(unread).toBeGreaterThan(5_000_000))
  clearInterval(sending)
  const before = heard
  client.resume()
  await until(() => expect(heard).toBeGreaterThan(before + 5_000_000))
})

test('who answers no ping is gone', async () => {
  const { connection } = await connected({ pingMs: 20, autoPong: false })
  await until(() => expect(connection.status).toBe('aborted'))
})

test('who answers pings stays, and so does who says something else', async () => {
  const [quiet, busy] = [await connected({ pingMs: 50 }), await connected({ pingMs: 50, autoPong: false })]
  let pings = 0
  for (const { client } of [quiet, busy]) client.on('ping', () => { pings += 1 })
  busy.client.on('ping', () => busy.client.send(CHUNK))
  await until(() => expect(pings).toBeGreaterThan(20))
  expect([quiet.connection.status, busy.connection.status]).toEqual(['open', 'open'])
})
