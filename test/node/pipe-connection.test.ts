import type { Logger } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, test } from 'vitest'
import { PipeConnection } from '../../src/node/members/pipe-connection.ts'
import { FakePipe } from '../fakes/fake-pipe.ts'

const LOG: Logger = Object.assign(() => undefined, { error: () => undefined, trace: () => undefined, enabled: false, newScope: () => LOG })
/** The longest message. */
const FULL = 16_384

/** A connection over one end of an open pair, and what it has read and been told. */
function connect({ listens = true } = {}) {
  const [pipe, far] = FakePipe.pair()
  const lifetime = new AbortController()
  const connection = new PipeConnection({
    pipe, remoteAddr: multiaddr('/webrtc'), direction: 'inbound', log: LOG, signal: lifetime.signal
  })
  let read = 0
  if (listens) connection.addEventListener('message', ({ data }) => { read += data.byteLength })
  pipe.open()
  far.open()
  const deliver = (bytes: number, times = 1): void => { for (let i = 0; i < times; i++) pipe.deliver(new ArrayBuffer(bytes)) }
  return { connection, pipe, far, lifetime, deliver, read: () => read }
}

describe('a connection over a data channel', () => {
  test('takes a message of full length, and ends at one byte more', () => {
    const { connection, deliver, read } = connect()
    deliver(FULL)
    expect(read()).toBe(FULL)
    expect(connection.status).toBe('open')
    deliver(FULL + 1)
    expect(connection.status).toBe('aborted')
    expect(read()).toBe(FULL)
  })

  test('ends at text, which nobody sends', () => {
    const { connection, pipe } = connect()
    pipe.deliver('hello')
    expect(connection.status).toBe('aborted')
  })

  test('ends when eight megabytes come at once and then more', () => {
    const { connection, deliver, read } = connect()
    deliver(FULL, 512)
    expect(connection.status).toBe('open')
    expect(read()).toBe(512 * FULL)
    // As much again as the second would allow that this takes at most.
    deliver(FULL, 512)
    expect(connection.status).toBe('aborted')
  })

  test('keeps a megabyte for a slow reader, and ends at more', () => {
    const { connection, deliver } = connect({ listens: false })
    deliver(FULL, 64)
    expect(connection.status).toBe('open')
    deliver(1)
    expect(connection.status).toBe('aborted')
  })

  test('cuts what it sends into messages of full length', () => {
    const { connection, pipe } = connect()
    connection.send(new Uint8Array(2 * FULL + 1))
    expect(pipe.sent).toEqual([FULL, FULL, 1])
  })

  test('waits while the channel is full, and goes on when it has emptied', async () => {
    const { connection, pipe } = connect()
    pipe.stalled = true
    expect(connection.send(new Uint8Array(20 * FULL))).toBe(false)
    expect(pipe.sent).toHaveLength(8)
    pipe.stalled = false
    pipe.flush()
    await connection.onDrain()
    await new Promise(setImmediate)
    expect(pipe.sent.length).toBeGreaterThan(8)
  })

  test.each<[string, (parts: ReturnType<typeof connect>) => void]>([
    ['its signal aborts', ({ lifetime }) => lifetime.abort()],
    ['its own side closes it', ({ connection }) => { void connection.close() }],
    ['the other side closes it', ({ far }) => far.close()]
  ])('closes with its channel when %s', async (_what, end) => {
    const parts = connect()
    const over = new Promise((resolve) => { parts.connection.addEventListener('close', resolve) })
    end(parts)
    await over
    expect(parts.connection.status).not.toBe('open')
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect([parts.pipe.readyState, parts.far.readyState]).toEqual(['closed', 'closed'])
  })
})
