import type { MessageStream, StreamMuxerFactory } from '@libp2p/interface'

/**
 * Bytes that may wait to be encrypted for one connection: much more than a call ever has. Without a limit, whoever asks and
 * does not read fills the page's memory.
 */
const MAX_WAITING_BYTES = 4_194_304

type MuxerFactory = () => StreamMuxerFactory

/** The same muxer, except that a connection ends when more waits for it than `MAX_WAITING_BYTES`. */
export function boundedMuxer(create: MuxerFactory): MuxerFactory {
  return () => {
    const factory = create()
    return {
      protocol: factory.protocol,
      createStreamMuxer: (connection: MessageStream) => {
        connection.maxWriteBufferLength = MAX_WAITING_BYTES
        return factory.createStreamMuxer(connection)
      }
    }
  }
}
