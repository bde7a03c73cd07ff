import type { Connection, Stream, StreamHandler } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import type { Rate } from '../../src/util/token-bucket.ts'
import type { LimitCause } from './causes.ts'
import { FrameCounter } from './frame-counter.ts'
import type { Neighbours } from './neighbours.ts'
import type { Offenders } from './offenders.ts'
import { FairShares, sharesOf } from './shares.ts'

/** What a client may do on one protocol; relays and address blocks in proportion. */
export interface StreamPolicy {
  /** What refusals are counted as. */
  cause: LimitCause
  /** Streams that it opens. */
  streams: Rate
  /** Bytes that it sends. */
  bytes?: Rate
  /** Length-prefixed messages that it sends. */
  frames?: Rate
  /** Ends a stream that was opened too soon after others; by default it is reset. */
  refuse?: (stream: Stream) => void
  /** Who sends too much loses the connection instead of the stream: where a lost stream would never be opened again. */
  cutOff?: boolean
}

/** Whom a guard asks. */
export interface GuardContext {
  readonly neighbours: Neighbours
  readonly offenders: Offenders
  /** Connections that an address block may have, `RelayLimits.connectionsPerAddress`. */
  readonly connectionsPerAddress: number
}

/**
 * A libp2p service whose protocols keep to `policy`: each stream passes the guard before the service sees it. What a
 * service registers is wrapped on the way, because libp2p's own middleware runs a handler twice for a second stream.
 */
export function guarded<C extends { registrar: Registrar }, S>(
  factory: (components: C) => S, policy: StreamPolicy, context: GuardContext
): (components: C) => S {
  const guard = streamGuard(policy, context)
  return (components) => {
    const registrar = overlay(components.registrar, {
      handle: (protocol, handler, options) => components.registrar.handle(protocol, guard(handler), options)
    })
    return factory(overlay<C>(components, { registrar } as Partial<C>))
  }
}

/** Wraps stream handlers, all of which then share the limits of `policy`. */
function streamGuard(policy: StreamPolicy, context: GuardContext): (handler: StreamHandler) => StreamHandler {
  const { neighbours, offenders, connectionsPerAddress } = context
  const { cause, refuse = reset } = policy
  const shares = (rate: Rate): FairShares => new FairShares(sharesOf(rate, connectionsPerAddress))
  const streams = shares(policy.streams)
  const bytes = policy.bytes && shares(policy.bytes)
  const frames = policy.frames && shares(policy.frames)

  const watch = (stream: Stream, { remotePeer }: Connection): void => {
    const counter = new FrameCounter()
    stream.addEventListener('message', ({ data }) => {
      // The peer's kind may have become known since the stream was opened.
      const neighbour = neighbours.of(remotePeer)
      const within = (bytes?.spend(neighbour, data.byteLength) ?? true) &&
        (frames?.spend(neighbour, counter.push(data.subarray())) ?? true)
      if (within || stream.status !== 'open') return
      stream.abort(new Error('more than the peer may send'))
      offenders.refuse(remotePeer, cause)
      if (policy.cutOff) offenders.cutOff(remotePeer)
    })
  }

  return (handler) => (stream, connection) => {
    if (!streams.spend(neighbours.of(connection.remotePeer), 1)) {
      refuse(stream)
      offenders.refuse(connection.remotePeer, cause)
      return
    }
    if (bytes !== undefined || frames !== undefined) watch(stream, connection)
    return handler(stream, connection)
  }
}

function reset(stream: Stream): void {
  stream.abort(new Error('more streams than the peer may open'))
}

/** `base`, with some of its properties replaced. */
function overlay<T extends object>(base: T, replaced: Partial<T>): T {
  return Object.create(base, Object.getOwnPropertyDescriptors(replaced)) as T
}
