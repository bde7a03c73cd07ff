import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { onAbort } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import type { Tally } from '../tally.ts'
import type { FrontRefusal } from './refusals.ts'

/**
 * Bytes of room messages that may wait for one peer. A room of twelve that comes back all at once, after its relay was
 * restarted, says about 3 MB to each member: 132 offers of 20 KB.
 */
export const MAX_PUBSUB_BYTES = 4_194_304
/** Bytes of room messages that may wait for all peers together. */
const MAX_WAITING_BYTES = 268_435_456
/** Between looks at how much waits in all, milliseconds. */
const CHECK_MS = 1_000

/** Whose connections are looked after, and where it is counted. */
export interface SlowReaderOptions extends Lifetime {
  libp2p: Libp2p
  refusals: Tally<FrontRefusal>
  /** Default `MAX_WAITING_BYTES`. */
  maxWaitingBytes?: number
}

/**
 * Ends the connection of whoever does not read: libp2p resets the one stream on which too much waits, and pubsub never opens
 * another one to the same peer, who would be connected and hear nothing. When too much waits in all, those for whom the
 * most waits go first. Ends with `signal`.
 */
export function dropSlowReaders({ libp2p, refusals, maxWaitingBytes = MAX_WAITING_BYTES, signal }: SlowReaderOptions): void {
  const streams = new Map<Stream, Connection>()
  const drop = (connection: Connection, cause?: Error): void => {
    if (connection.status !== 'open') return
    refusals.add('slow-reader')
    connection.abort(new Error('the peer does not read what is said in its rooms', { cause }))
  }
  const watch = (connection: Connection): void => {
    const newStream = connection.newStream.bind(connection)
    connection.newStream = async (protocols, options) => {
      const stream = await newStream(protocols, options)
      // Others can fill the streams of circuits, and should not be able to have a peer thrown out by that.
      if (!stream.protocol.startsWith('/meshsub/')) return stream
      streams.set(stream, connection)
      stream.addEventListener('close', ({ error }) => {
        streams.delete(stream)
        if (error?.name === 'StreamBufferError') drop(connection, error)
      }, { once: true })
      return stream
    }
  }
  libp2p.getConnections().forEach(watch)
  libp2p.addEventListener('connection:open', ({ detail }) => watch(detail), { signal })
  const timer = setInterval(() => {
    for (const stream of slowest([...streams.keys()], maxWaitingBytes)) {
      const connection = streams.get(stream)
      if (connection !== undefined) drop(connection)
    }
  }, CHECK_MS)
  onAbort(signal, () => clearInterval(timer))
}

/** Those that must go so that no more than `maxBytes` wait in all, fullest first. */
export function slowest<Each extends { readonly writeBufferLength: number }>(streams: readonly Each[], maxBytes: number): Each[] {
  let waiting = streams.reduce((sum, { writeBufferLength }) => sum + writeBufferLength, 0)
  if (waiting <= maxBytes) return []
  return [...streams].sort((a, b) => b.writeBufferLength - a.writeBufferLength).filter(({ writeBufferLength }) => {
    if (waiting <= maxBytes) return false
    waiting -= writeBufferLength
    return true
  })
}
