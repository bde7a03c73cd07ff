import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { UnsupportedProtocolError } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { childController, delay, onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { backoffMs } from '../util/backoff.ts'
import { createLog } from '../util/log.ts'
import { decodeIceServers } from '../wire/ice-servers.ts'
import type { IceServersMessage } from '../wire/ice-servers.ts'
import { MAX_ICE_SERVERS_BYTES } from '../wire/protocol.ts'
import { isRelayAddress } from './addresses.ts'
import type { IceShelf } from './ice-shelf.ts'
import { rtcIceServers } from './ice-urls.ts'

const log = createLog('node:ice')

const ASK_TIMEOUT_MS = 10_000
/** Relays answer six questions a minute; the first retries stay well below. */
const RETRY = { baseMs: 15_000, maxMs: 300_000 }
/** Asked again after this part of a credential's life, so that a refused or lost question can be repeated. */
const REFRESH_AT = 0.8
/** Never more often than this, milliseconds, whatever life a relay gives its credentials. */
const MIN_REFRESH_MS = 30_000
/** A relay that is away no longer than this, milliseconds, is expected back with its TURN server untouched. */
const GRACE_MS = 60_000

/** What asking works with. */
export interface AskOptions extends Lifetime {
  node: Libp2p
  /** The network's name for it, `NetworkNames.iceServers`. */
  protocol: string
  shelf: IceShelf
  /** Whether servers at private addresses may be used. */
  privateAllowed: boolean
}

/**
 * Asks each relay that we connect to for its ICE servers, and again before the credentials expire. The first question
 * leaves beside identify and not after it: its answer should be here before the first offer is made.
 */
export function followIceServers(options: AskOptions): void {
  const { node, shelf, signal } = options
  const asking = new Map<string, AbortController>()
  const opened = ({ detail: connection }: CustomEvent<Connection>): void => {
    const relay = connection.remotePeer.toString()
    if (!leadsToRelay(connection) || asking.has(relay)) return
    const controller = childController(signal)
    asking.set(relay, controller)
    void keepAsking(options, connection.remotePeer, controller.signal)
  }
  const gone = ({ detail: peer }: CustomEvent<PeerId>): void => {
    const relay = peer.toString()
    asking.get(relay)?.abort()
    if (!asking.delete(relay)) return
    shelf.leave(relay)
    void delay(GRACE_MS, signal).then(() => { if (!asking.has(relay)) shelf.drop(relay) })
  }
  node.addEventListener('connection:open', opened)
  node.addEventListener('peer:disconnect', gone)
  onAbort(signal, () => {
    node.removeEventListener('connection:open', opened)
    node.removeEventListener('peer:disconnect', gone)
  })
}

/** Straight and of our own making; members are reached otherwise, and their servers are not asked for. */
function leadsToRelay({ direction, limits, remoteAddr, status }: Connection): boolean {
  return direction === 'outbound' && limits === undefined && status === 'open' && isRelayAddress(remoteAddr)
}

async function keepAsking({ node, protocol, shelf, privateAllowed }: AskOptions, peer: PeerId, signal: AbortSignal): Promise<void> {
  const relay = peer.toString()
  let expiresAt = 0
  for (let failures = 0; !signal.aborted;) {
    let waitMs = 0
    try {
      const connection = node.getConnections(peer).find(leadsToRelay)
      if (connection === undefined) throw new Error('no direct connection')
      const offer = await askIceServers(connection, protocol, signal)
      if (signal.aborted) return
      expiresAt = Date.now() + offer.lifetime * 1_000
      shelf.put(relay, rtcIceServers(offer, { address: connection.remoteAddr, privateAllowed }))
      failures = 0
      waitMs = Math.max(MIN_REFRESH_MS, offer.lifetime * 1_000 * REFRESH_AT)
    } catch (error) {
      if (error instanceof UnsupportedProtocolError) return
      log.debug('a relay offered no ICE servers', (error as Error).name)
      if (Date.now() > expiresAt) shelf.drop(relay)
      waitMs = backoffMs(failures++, RETRY)
    }
    await delay(waitMs, signal)
  }
}

/**
 * Asks the relay behind this connection for its ICE servers, once.
 *
 * @throws {Error} when it offers none, says something malformed, or does not answer within ASK_TIMEOUT_MS
 */
export async function askIceServers(connection: Connection, protocol: string, signal: AbortSignal): Promise<IceServersMessage> {
  const limit = withTimeout(signal, ASK_TIMEOUT_MS)
  try {
    const stream = await connection.newStream(protocol, { signal: limit.signal })
    try {
      const bytes = await lpStream(stream, { maxDataLength: MAX_ICE_SERVERS_BYTES }).read({ signal: limit.signal })
      return decodeIceServers(bytes.subarray())
    } finally {
      // The relay has said all that it will; nobody waits for a stream to end in good order.
      stream.abort(new Error('answered'))
    }
  } finally {
    limit.done()
  }
}
