import type { Connection, Libp2p } from '@libp2p/interface'
import { StreamResetError, UnsupportedProtocolError } from '@libp2p/interface'
import { byteStream } from '@libp2p/utils'
import { childController, delay } from '../util/abort.ts'
import type { OpeningSockets } from './websocket-transport.ts'

/** libp2p's own. https://github.com/libp2p/specs/blob/master/ping/ping.md */
const PING_PROTOCOL = '/ipfs/ping/1.0.0'
const PING_BYTES = 32
/** The patience is waited for in so many parts: a page that stood still wakes with one of them over, and the answer is there. */
const PARTS = 4
/** A connection that is in order answers sooner than this, milliseconds, and nothing is dialled. */
const HEADSTART_MS = 250

/**
 * Whether the other end of a connection answers within `patienceMs`; then the connection's `rtt` is set. A WebSocket whose
 * way is gone stays open for minutes, and only a question shows it.
 */
export async function isAnswering(connection: Connection, patienceMs: number, signal: AbortSignal): Promise<boolean> {
  const question = childController(signal)
  try {
    return await Promise.race([ping(connection, question.signal), silence(patienceMs, question.signal)])
  } catch (error) {
    // Who declines has answered.
    return error instanceof UnsupportedProtocolError || error instanceof StreamResetError
  } finally {
    question.abort()
  }
}

/** What dials a relay anew. */
export interface Dialler {
  node: Pick<Libp2p, 'dial'>
  sockets: Pick<OpeningSockets, 'giveUp'>
}

/** What came of a doubt. `replaced`: a new connection to the same relay stands, and the old one has not answered. */
export type Doubted = 'answering' | 'replaced' | 'silent'

/**
 * The same of a connection in doubt, whose relay is dialled anew meanwhile: once the new connection stands before the old one
 * has answered, the way is good and only the old connection is not, as after a change of our own address. That is known long
 * before the patience is at its end; a new one that was not needed is closed again.
 */
export async function askOrReplace({ node, sockets }: Dialler, connection: Connection, patienceMs: number, signal: AbortSignal): Promise<Doubted> {
  const dial = childController(signal)
  const answer = isAnswering(connection, patienceMs, signal)
  const fresh = dialBeside(node, connection, dial.signal)
  const plain = answer.then((isThere): Doubted => isThere ? 'answering' : 'silent')
  const outcome = await Promise.race([plain, fresh.then(async (isUp) => isUp === undefined ? await plain : 'replaced')])
  // One that hangs must not be what the next dial waits for.
  dial.abort()
  sockets.giveUp(connection.remoteAddr.toString())
  if (outcome === 'answering') void fresh.then((unneeded) => unneeded?.abort(new Error('the old connection has answered')))
  return outcome
}

/** A further connection to the same place; undefined when none came up. */
async function dialBeside(node: Pick<Libp2p, 'dial'>, { remoteAddr }: Connection, signal: AbortSignal): Promise<Connection | undefined> {
  await delay(HEADSTART_MS, signal)
  if (signal.aborted) return undefined
  try {
    return await node.dial(remoteAddr, { force: true, signal })
  } catch {
    // There is no way at the moment, or none is needed any more.
    return undefined
  }
}

async function ping(connection: Connection, signal: AbortSignal): Promise<true> {
  const stream = await connection.newStream(PING_PROTOCOL, { signal })
  try {
    const bytes = byteStream(stream)
    const startedAt = performance.now()
    await bytes.write(crypto.getRandomValues(new Uint8Array(PING_BYTES)), { signal })
    await bytes.read({ bytes: PING_BYTES, signal })
    connection.rtt = performance.now() - startedAt
    return true
  } finally {
    stream.abort(new Error('answered'))
  }
}

async function silence(ms: number, signal: AbortSignal): Promise<false> {
  for (let part = 0; part < PARTS && !signal.aborted; part++) await delay(ms / PARTS, signal)
  return false
}
