import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { onAbort, withTimeout } from '../../util/abort.ts'
import type { Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { SerialQueue } from '../../util/serial-queue.ts'
import type { PeerKey } from '../../wire/message.ts'
import { MAX_ADDRESSES, MAX_MESSAGE_BYTES } from '../../wire/protocol.ts'
import { asCircuit, parseAddress, peerOf } from '../addresses.ts'
import { isMemberLink } from '../members/member-links.ts'

const log = createLog('node:streams')

/** One address after the other is tried within this time, milliseconds. */
const DIAL_TIMEOUT_MS = 10_000
/** A way around the member link must be found within this time, milliseconds. */
const DETOUR_TIMEOUT_MS = 4_000
/** A peer may send this much rubbish before its stream is reset. */
const MAX_REFUSED = 3
/** Streams one peer may hold open towards us. */
const MAX_INBOUND = 4

/** What the carrier works with. */
export interface StreamCarrierOptions extends Lifetime {
  node: Libp2p
  /** The network's name for it, `NetworkNames.signal`. */
  protocol: string
  /** Tells whether the bytes were a message of our room. */
  onBytes: (from: PeerKey, bytes: Uint8Array) => Promise<boolean>
}

/**
 * Carries sealed messages over a libp2p stream per peer and direction, on relayed connections too. A stream dies with
 * its connection (relays cut them off by time and volume), which is normal: the next message opens another.
 */
export class StreamCarrier {
  readonly #node: Libp2p
  readonly #protocol: string
  readonly #signal: AbortSignal
  readonly #outbound = new Map<PeerKey, Outbound>()

  /** Answers inbound streams until `signal` aborts. */
  constructor({ node, protocol, onBytes, signal }: StreamCarrierOptions) {
    this.#node = node
    this.#protocol = protocol
    this.#signal = signal
    const options = { runOnLimitedConnection: true, maxInboundStreams: MAX_INBOUND, force: true as const }
    void node.handle(protocol, (stream, connection) => { void receive(stream, connection, onBytes, signal) }, options)
    onAbort(signal, () => {
      void node.unhandle(protocol)
      for (const each of this.#outbound.values()) each.end()
      this.#outbound.clear()
    })
  }

  /** Whether a stream to this peer is open now. */
  isOpen(peer: PeerKey): boolean {
    return this.#outbound.get(peer)?.open ?? false
  }

  /**
   * Sends, opening a stream first if need be: on a connection that is there, else by dialling `addresses`.
   *
   * @throws {Error} when the peer cannot be reached
   */
  async send(peer: PeerKey, addresses: string[], bytes: Uint8Array): Promise<void> {
    let outbound = this.#outbound.get(peer)
    if (outbound === undefined) {
      outbound = new Outbound(this.#node, this.#protocol, peer, this.#signal)
      this.#outbound.set(peer, outbound)
    }
    await outbound.send(addresses, bytes)
  }

  /** Closes the stream to a peer that has gone. */
  drop(peer: PeerKey): void {
    this.#outbound.get(peer)?.close()
    this.#outbound.delete(peer)
  }
}

/** The stream to one peer; writes are serial. */
class Outbound {
  readonly #node: Libp2p
  readonly #protocol: string
  readonly #peer: PeerKey
  readonly #queue: SerialQueue
  readonly #signal: AbortSignal
  #connection: Connection | undefined
  #stream: Stream | undefined

  constructor(node: Libp2p, protocol: string, peer: PeerKey, signal: AbortSignal) {
    this.#node = node
    this.#protocol = protocol
    this.#peer = peer
    this.#signal = signal
    this.#queue = new SerialQueue(signal)
  }

  get open(): boolean {
    return this.#stream?.status === 'open'
  }

  async send(addresses: string[], bytes: Uint8Array): Promise<void> {
    await this.#queue.run(async () => {
      const limit = withTimeout(this.#signal, DIAL_TIMEOUT_MS)
      try {
        const stream = this.#stream?.status === 'open' ? this.#stream : await this.#openStream(addresses, limit.signal)
        this.#stream = stream
        await lpStream(stream, { maxDataLength: MAX_MESSAGE_BYTES }).write(bytes, { signal: limit.signal })
      } finally {
        limit.done()
      }
    })
  }

  async #openStream(addresses: string[], signal: AbortSignal): Promise<Stream> {
    const connection = await this.#connect(addresses, signal)
    // `stream.close()` half-closes: we only ever write on this one.
    this.#connection = connection
    return connection.newStream(this.#protocol, { runOnLimitedConnection: true, signal })
  }

  /**
   * The member link comes last: a signal to a member goes by stream while the media connection with this very member does
   * not work, and the link is inside it.
   */
  async #connect(addresses: string[], signal: AbortSignal): Promise<Connection> {
    const open = this.#node.getConnections(peerIdFromString(this.#peer)).filter(({ status }) => status === 'open')
    const other = open.find((each) => !isMemberLink(each))
    if (other !== undefined) return other
    const link = open.find(isMemberLink)
    if (link === undefined) return dialFirst(this.#node, this.#peer, addresses, signal)
    const limit = withTimeout(signal, DETOUR_TIMEOUT_MS)
    try {
      return await dialFirst(this.#node, this.#peer, addresses, limit.signal, { force: true })
    } catch (error) {
      log.debug('no way around the member link', (error as Error).name)
      return link
    } finally {
      limit.done()
    }
  }

  close(): void {
    this.#stream?.close().catch(() => {
      // The connection has gone first, which closes the stream as well.
    })
    this.#stream = undefined
  }

  /** Closes, and with the stream a relayed connection that has carried nothing else: it would take the relay's room for minutes. */
  end(): void {
    this.close()
    const connection = this.#connection
    if (connection?.limits === undefined || connection.streams.some(({ protocol }) => protocol !== this.#protocol)) return
    connection.close().catch(() => {
      // It was closed from the other end meanwhile.
    })
  }
}

/**
 * Dials the peer at the first of its addresses that answers. `/webrtc` addresses are dialled as their circuit: a
 * relayed stream is enough for signaling and is there two round trips earlier. `force` makes a further connection where
 * there is one.
 *
 * @throws {Error} the last failure, or one that says that there was no usable address
 */
export async function dialFirst(
  node: Libp2p, peer: PeerKey, addresses: string[], signal: AbortSignal, { force = false } = {}
): Promise<Connection> {
  const targets = new Set<string>()
  for (const text of addresses.slice(0, MAX_ADDRESSES)) {
    const address = asCircuit(parseAddress(text))
    targets.add(peerOf(address) === peer ? address.toString() : `${address.toString()}/p2p/${peer}`)
  }
  let failure: unknown = new Error('no address to dial')
  for (const target of targets) {
    try {
      return await node.dial(multiaddr(target), { signal, force })
    } catch (error) {
      failure = error
      if (signal.aborted) break
    }
  }
  throw failure
}

async function receive(stream: Stream, connection: Connection, onBytes: (from: PeerKey, bytes: Uint8Array) => Promise<boolean>, signal: AbortSignal): Promise<void> {
  const from = connection.remotePeer.toString() as PeerKey
  const messages = lpStream(stream, { maxDataLength: MAX_MESSAGE_BYTES })
  let refused = 0
  try {
    while (refused < MAX_REFUSED) {
      const bytes = (await messages.read({ signal })).subarray()
      if (!await onBytes(from, bytes)) refused++
    }
    stream.abort(new Error('too many unreadable messages'))
  } catch (error) {
    // An orderly close arrives as UnexpectedEOFError; a reset, an over-long frame and our own leaving end up here too.
    log.trace('signal stream ended', (error as Error).name)
    stream.abort(error as Error)
  }
}
