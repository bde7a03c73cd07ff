import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { delay, onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { decodeDrain } from '../wire/drain.ts'
import { MAX_DRAIN_BYTES } from '../wire/protocol.ts'
import { peerOf, relayPartOf } from './addresses.ts'

const log = createLog('node:drain')

/** A relay that says more often than this, milliseconds, that it is about to stop is not listened to. */
const NOTICE_INTERVAL_MS = 60_000
const READ_TIMEOUT_MS = 5_000
/** Relays whose last notice is remembered. */
const MAX_REMEMBERED = 32
/** The old connection stays this long after we are reachable elsewhere, milliseconds: who hears of our new addresses may be using the old ones. */
const LINGER_MS = 2_000

/** How notices are received. */
export interface NoticeOptions extends Lifetime {
  node: Libp2p
  /** The network's name for it, `NetworkNames.drain`. */
  protocol: string
  /** Whether we use this peer as a relay: nobody else has a say in whom we are connected to. */
  isUsed: (relay: string) => boolean
  /** A relay that we use stops in `ms` milliseconds. */
  onNotice: (relay: string, ms: number) => void
}

/**
 * Speaks the drain protocol, until the signal aborts. Resolves when identify tells others so, which is to be before the
 * first connection: relays know clients of the network by it.
 */
export async function receiveNotices({ node, protocol, isUsed, onNotice, signal }: NoticeOptions): Promise<void> {
  const heardAt = new Map<string, number>()
  const isWelcome = (relay: string, { direction }: Connection): boolean =>
    direction === 'outbound' && isUsed(relay) && Date.now() - (heardAt.get(relay) ?? -Infinity) >= NOTICE_INTERVAL_MS
  const receive = async (stream: Stream, connection: Connection): Promise<void> => {
    const relay = connection.remotePeer.toString()
    if (!isWelcome(relay, connection)) return stream.abort(new Error('unwelcome'))
    heardAt.set(relay, Date.now())
    if (heardAt.size > MAX_REMEMBERED) heardAt.delete(heardAt.keys().next().value ?? '')
    const limit = withTimeout(signal, READ_TIMEOUT_MS)
    try {
      const bytes = await lpStream(stream, { maxDataLength: MAX_DRAIN_BYTES }).read({ signal: limit.signal })
      onNotice(relay, decodeDrain(bytes.subarray()).ms)
      await stream.close({ signal: limit.signal })
    } catch (error) {
      log.debug('a notice could not be read', (error as Error).name)
      stream.abort(error as Error)
    } finally {
      limit.done()
    }
  }
  onAbort(signal, () => { void node.unhandle(protocol) })
  await node.handle(protocol, (stream, connection) => { void receive(stream, connection) }, { maxInboundStreams: 1 })
}

/** Whether one of our addresses leads through a relay that stays. */
export function hasSlotElsewhere(addresses: readonly Multiaddr[], isLeaving: (relay: string) => boolean): boolean {
  return addresses.some((address) => {
    const relay = relayPartOf(address)
    const peer = relay === undefined ? undefined : peerOf(relay)
    return peer !== undefined && !isLeaving(peer)
  })
}

/**
 * Resolves with true once we are reachable through a relay that stays and the others have had a moment to hear of it;
 * with false when `signal` aborts before.
 */
export async function reachableElsewhere(node: Libp2p, isLeaving: (relay: string) => boolean, signal: AbortSignal): Promise<boolean> {
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (!signal.aborted && !hasSlotElsewhere(node.getMultiaddrs(), isLeaving)) return
      node.removeEventListener('self:peer:update', check)
      resolve()
    }
    node.addEventListener('self:peer:update', check)
    onAbort(signal, check)
    check()
  })
  await delay(LINGER_MS, signal)
  return !signal.aborted
}
