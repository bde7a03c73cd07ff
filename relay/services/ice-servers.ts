import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { onAbort, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'
import { encodeIceServers } from '../../src/wire/ice-servers.ts'
import type { IceServersMessage } from '../../src/wire/ice-servers.ts'
import { Tally } from '../tally.ts'
import { SourceLimiter } from '../addresses/source-limiter.ts'

const log = createLog('relay:ice')

/** A client asks once on connecting and again before its credential ends; reloading a page asks anew. */
const RATE = { perSecond: 6 / 60, burst: 6 }
const WRITE_TIMEOUT_MS = 10_000

/** Why a question for ICE servers was not answered. */
export type IceRefusal = 'too-often' | 'broken-off'

/** How questions for ICE servers have ended. */
export interface IceCounts {
  readonly answered: number
  readonly refusals: Tally<IceRefusal>
}

/** What answering works with. */
export interface IceServersOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'handle' | 'unhandle'>
  /** The network's name for it, `NetworkNames.iceServers`. */
  protocol: string
  /** What this peer may use. The peer id is proved by its connection. */
  offer: (peer: string) => IceServersMessage
  now?: () => number
}

/** Answers each client that asks for ICE servers, not through circuits and not too often. Ends with the signal. */
export async function serveIceServers({ libp2p, protocol, offer, now = Date.now, signal }: IceServersOptions): Promise<IceCounts> {
  const refusals = new Tally<IceRefusal>()
  let answered = 0
  const limiter = new SourceLimiter(RATE)
  const answer = async (stream: Stream, { remotePeer }: Connection): Promise<void> => {
    const peer = remotePeer.toString()
    if (!limiter.take(peer, now())) {
      refusals.add('too-often')
      return stream.abort(new Error('asked too often'))
    }
    const limit = withTimeout(signal, WRITE_TIMEOUT_MS)
    try {
      await lpStream(stream).write(encodeIceServers(offer(peer)), { signal: limit.signal })
      await stream.close({ signal: limit.signal })
      answered++
    } catch (error) {
      log.debug('a client went before it was answered', (error as Error).name)
      refusals.add('broken-off')
      stream.abort(error as Error)
    } finally {
      limit.done()
    }
  }
  onAbort(signal, () => { void libp2p.unhandle(protocol) })
  await libp2p.handle(protocol, (stream, connection) => { void answer(stream, connection) }, { maxInboundStreams: 2 })
  return { get answered() { return answered }, refusals }
}
