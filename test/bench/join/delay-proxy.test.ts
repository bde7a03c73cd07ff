import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delayTcp, MIRROR_HOST, UdpDelay } from '../../../bench/join/delay-proxy.ts'

const DELAY_MS = 30
let lifetime: AbortController

beforeEach(() => { lifetime = new AbortController() })
afterEach(() => lifetime.abort())

/** A TCP server that sends `answerBytes` for each byte it hears. */
async function answering(answerBytes: number): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('data', (data) => { for (const _ of data) socket.write(Buffer.alloc(answerBytes, 7)) })
  })
  lifetime.signal.addEventListener('abort', () => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** Sends one byte through a proxy, `times` times, waiting for `answerBytes` each time; the elapsed milliseconds. */
async function converse(answerBytes: number, times: number): Promise<{ elapsedMs: number, bytes: { up: number, down: number } }> {
  const proxy = await delayTcp({ target: await answering(answerBytes), delayMs: DELAY_MS, signal: lifetime.signal })
  const startedMs = performance.now()
  const socket = connect(proxy.port, '127.0.0.1')
  for (let turn = 1; turn <= times; turn++) {
    socket.write('x')
    await received(socket, answerBytes)
  }
  const elapsedMs = performance.now() - startedMs
  socket.destroy()
  return { elapsedMs, bytes: proxy.bytes }
}

async function received(socket: ReturnType<typeof connect>, bytes: number): Promise<void> {
  for (let count = 0; count < bytes;) {
    const [data] = await once(socket, 'data') as [Buffer]
    count += data.length
  }
}

describe('a TCP connection through the proxy', () => {
  it('costs one round trip to open and one for each question', async () => {
    expect((await converse(1, 1)).elapsedMs).toBeGreaterThanOrEqual(2 * 2 * DELAY_MS)
    expect((await converse(1, 3)).elapsedMs).toBeGreaterThanOrEqual(4 * 2 * DELAY_MS)
  })

  it('delivers what exceeds the initial window a round trip later, and twice as much each time', async () => {
    const segments = (count: number): number => count * 1460
    // Windows of 10 + 20 + 40 segments: one more needs a fourth flight, so three round trips more than the first.
    expect((await converse(segments(11), 1)).elapsedMs).toBeGreaterThanOrEqual(3 * 2 * DELAY_MS)
    expect((await converse(segments(71), 1)).elapsedMs).toBeGreaterThanOrEqual(5 * 2 * DELAY_MS)
  })

  it('counts the bytes of both directions', async () => {
    expect((await converse(5_000, 2)).bytes).toEqual({ up: 2, down: 10_000 })
  })

  it('passes on the end of a stream after everything that was sent before it', async () => {
    const server = createServer((socket) => { socket.end(Buffer.alloc(50_000)) })
    lifetime.signal.addEventListener('abort', () => server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const proxy = await delayTcp({ target: (server.address() as AddressInfo).port, delayMs: 1, signal: lifetime.signal })
    const socket = connect(proxy.port, '127.0.0.1')
    let count = 0
    socket.on('data', (data) => { count += data.length })
    await once(socket, 'end')
    expect(count).toBe(50_000)
  })
})

describe('a datagram through the mirrors', () => {
  async function endpoint(): Promise<{ socket: Socket, port: number }> {
    const socket = createSocket('udp4')
    lifetime.signal.addEventListener('abort', () => socket.close())
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    return { socket, port: socket.address().port }
  }

  /** Sends from one endpoint to the mirror of another and back to where that came from; the elapsed milliseconds. */
  async function thereAndBack(kind: 'client' | 'server', clientDelayMs: number, serverDelayMs: number): Promise<{ elapsedMs: number, delay: UdpDelay }> {
    const delay = new UdpDelay({ clientDelayMs, serverDelayMs, signal: lifetime.signal })
    const [near, far] = [await endpoint(), await endpoint()]
    delay.add('127.0.0.1', near.port, 'client')
    delay.add('127.0.0.1', far.port, kind)
    far.socket.on('message', (data, { address, port }) => far.socket.send(data, port, address))
    const startedMs = performance.now()
    near.socket.send('hello', far.port, MIRROR_HOST)
    const [data, sender] = await once(near.socket, 'message') as [Buffer, { address: string, port: number }]
    expect([data.toString(), sender.address, sender.port]).toEqual(['hello', MIRROR_HOST, far.port])
    return { elapsedMs: performance.now() - startedMs, delay }
  }

  it('comes late, from the mirror of its sender, and can be answered', async () => {
    const { elapsedMs, delay } = await thereAndBack('client', DELAY_MS, 0)
    expect(elapsedMs).toBeGreaterThanOrEqual(2 * DELAY_MS)
    expect(delay.delivered).toEqual({ datagrams: 2, bytes: 10 })
  })

  it('travels the distance to the server when one end is a server, and is not counted', async () => {
    const { elapsedMs, delay } = await thereAndBack('server', 0, DELAY_MS)
    expect(elapsedMs).toBeGreaterThanOrEqual(2 * DELAY_MS)
    expect(delay.delivered).toEqual({ datagrams: 0, bytes: 0 })
  })
})
