import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onAbort, type Lifetime } from '../../src/util/abort.ts'
import { DelayLine } from './delay-line.ts'

/** What a sender may have on the way before the first acknowledgment, bytes: ten segments (RFC 6928). */
const INITIAL_WINDOW_BYTES = 10 * 1460

export interface TcpDelayOptions extends Lifetime {
  /** Port on 127.0.0.1 to forward to. */
  target: number
  /** One way, milliseconds. */
  delayMs: number
}

/** A listening proxy, and how many bytes went towards the target (`up`) and back (`down`) so far. */
export interface TcpDelay {
  readonly port: number
  readonly bytes: { up: number, down: number }
}

/** Listens on a free port of 127.0.0.1 and forwards what comes, late. Closes everything when its signal aborts. */
export async function delayTcp({ target, delayMs, signal }: TcpDelayOptions): Promise<TcpDelay> {
  const bytes = { up: 0, down: 0 }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    onAbort(signal, () => { client.destroy(); upstream.destroy() })
    // The kernel has accepted already; a distant server would have answered the SYN one round trip later.
    client.pause()
    const handshake = new DelayLine<void>(() => client.resume(), { signal })
    handshake.push(undefined, 2 * delayMs)
    forward(client, upstream, delayMs, signal, (count) => { bytes.up += count })
    forward(upstream, client, delayMs, signal, (count) => { bytes.down += count })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  onAbort(signal, () => server.close())
  return { port: (server.address() as AddressInfo).port, bytes }
}

/** One direction of one connection: every byte `delayMs` late, and never more than the window unacknowledged. */
function forward(from: Socket, to: Socket, delayMs: number, signal: AbortSignal, count: (bytes: number) => void): void {
  const waiting: Buffer[] = []
  let windowBytes = INITIAL_WINDOW_BYTES
  let inFlight = 0
  let ended = false

  const acknowledged = new DelayLine<{ bytes: number, limited: boolean }>(({ bytes, limited }) => {
    inFlight -= bytes
    if (limited) windowBytes += bytes
    pump()
  }, { signal })
  const arriving = new DelayLine<{ data: Buffer, limited: boolean } | 'end'>((piece) => {
    if (piece === 'end') return void to.end()
    if (to.writable) to.write(piece.data)
    acknowledged.push({ bytes: piece.data.length, limited: piece.limited }, delayMs)
  }, { signal })
  const pump = (): void => {
    while (waiting[0] !== undefined && inFlight < windowBytes) {
      const data = waiting[0].subarray(0, windowBytes - inFlight)
      if (data.length === waiting[0].length) waiting.shift()
      else waiting[0] = waiting[0].subarray(data.length)
      inFlight += data.length
      // As in Linux (tcp_is_cwnd_limited): the window grows while more than half of it is in use.
      arriving.push({ data, limited: 2 * inFlight > windowBytes }, delayMs)
    }
    if (ended && waiting.length === 0) {
      ended = false
      arriving.push('end', delayMs)
    }
  }

  from.on('data', (data: Buffer) => {
    count(data.length)
    waiting.push(data)
    pump()
  })
  from.on('end', () => { ended = true; pump() })
  // A reset arrives as an end after what was sent before it: resets are not modelled.
  from.on('error', () => { ended = true; pump() })
}
