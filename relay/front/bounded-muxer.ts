import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'
import type { Tally } from '../tally.ts'
import type { FrontRefusal } from './refusals.ts'

/**
 * Bytes that may wait above the socket for one connection: what was encrypted already, and frames that belong to no stream.
 * Without a limit, whoever sends pings and reads no answers fills the memory.
 */
const MAX_CONNECTION_BYTES = 524_288

type MuxerFactory = () => StreamMuxerFactory

/** The same muxer, except that a connection ends when more waits for it than `MAX_CONNECTION_BYTES`. */
export function boundedMuxer(create: MuxerFactory, refusals: Tally<FrontRefusal>): MuxerFactory {
  return () => {
    const factory = create()
    return {
      protocol: factory.protocol,
      createStreamMuxer: (connection: MessageStream) => {
        connection.maxWriteBufferLength = MAX_CONNECTION_BYTES
        connection.addEventListener('close', ({ error }) => { if (error?.name === 'StreamBufferError') refusals.add('slow-reader') })
        return factory.createStreamMuxer(connection)
      }
    }
  }
}
