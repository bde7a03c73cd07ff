import type { Connection, IdentifyResult, Libp2p, PeerId } from '@libp2p/interface'
import { onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { backoffMs } from '../util/backoff.ts'
import { createLog } from '../util/log.ts'
import { markOnce } from '../util/marks.ts'
import { signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { Refusal } from '../wire/message.ts'
import { parseAddress } from './addresses.ts'
import type { RelayBook } from './relay-book.ts'

const log = createLog('node:relays')

/** Circuit relay v2's hop protocol: who speaks it is a relay. */
export const HOP_PROTOCOL = '/libp2p/circuit/relay/0.2.0/hop'

/** Relays that a browser keeps when it can, so that losing one loses nothing. */
const WANTED_RELAYS = 2
/** Relays dialled at once while some are missing: the first of them to answer serve us. */
const MAX_DIALS = 6
/** Between looks at what is missing, milliseconds. */
const CHECK_MS = 10_000
const DIAL_TIMEOUT_MS = 15_000
/** A relay that has connected must say within this time that it is one, milliseconds. */
const IDENTIFY_TIMEOUT_MS = 10_000

/** Why a relay does not serve us. */
export type RelayProblem = 'no-relay' | 'relay-unreachable' | 'not-a-relay' | 'address-malformed'

/** What the keeper tells about itself. */
export interface RelayStatus {
  /** Relays that are connected now. */
  readonly connected: ReadonlySignal<number>
  /** Why the last one that was tried did not work, or that none is known; null once one works. */
  readonly problem: ReadonlySignal<RelayProblem | null>
  /** Looks again at once, with waiting times reset: after `online`, a wake-up, or a new address in the book. */
  wake(): void
}

/**
 * Keeps connections to a few relays: dials what the book knows, again with back-off after a loss. libp2p itself does
 * not win back a lost relay (https://github.com/libp2p/js-libp2p/issues/3601); the reservation follows from the dial.
 */
export function keepRelays(node: Libp2p, book: RelayBook, { signal }: Lifetime): RelayStatus {
  const connected = stateSignal(0)
  const problem = stateSignal<RelayProblem | null>(null)
  const relays = new Set<string>()
  const attempts = new Map<string, { count: number, notBefore: number, busy: boolean }>()

  const count = (): void => {
    connected.value = relays.size
    if (relays.size > 0) problem.value = null
  }

  const tryRelay = async (address: string): Promise<void> => {
    const attempt = attempts.get(address) ?? { count: 0, notBefore: 0, busy: false }
    attempts.set(address, attempt)
    if (attempt.busy || Date.now() < attempt.notBefore) return
    attempt.busy = true
    const limit = withTimeout(signal, DIAL_TIMEOUT_MS)
    try {
      const connection = await node.dial(parseAddress(address), { signal: limit.signal })
      relays.add(connection.remotePeer.toString())
      count()
      markOnce('relay-connected')
      attempt.count = 0
      void confirm(connection, address)
    } catch (error) {
      if (signal.aborted) return
      log.debug('a relay did not answer', (error as Error).name)
      book.failed(address)
      attempt.notBefore = Date.now() + backoffMs(attempt.count++, { baseMs: 1_000, maxMs: 30_000 })
      if (relays.size === 0) problem.value = error instanceof Refusal ? 'address-malformed' : 'relay-unreachable'
    } finally {
      limit.done()
      attempt.busy = false
    }
  }

  /** Waits for identify and drops what turns out to be no relay. */
  const confirm = async (connection: Connection, address: string): Promise<void> => {
    const limit = withTimeout(signal, IDENTIFY_TIMEOUT_MS)
    const protocols = await protocolsOf(node, connection.remotePeer, limit.signal)
    limit.done()
    if (signal.aborted || connection.status !== 'open') return
    if (protocols.includes(HOP_PROTOCOL)) return
    book.failed(address)
    relays.delete(connection.remotePeer.toString())
    count()
    if (relays.size === 0) problem.value = 'not-a-relay'
    const attempt = attempts.get(address)
    if (attempt !== undefined) attempt.notBefore = Date.now() + 60_000
    await connection.close()
  }

  const look = (): void => {
    if (relays.size >= WANTED_RELAYS) return
    const candidates = book.candidates()
    if (candidates.length === 0 && relays.size === 0) problem.value = 'no-relay'
    for (const address of candidates.slice(0, MAX_DIALS)) void tryRelay(address)
  }

  const lost = ({ detail: peer }: CustomEvent<PeerId>): void => {
    if (!relays.delete(peer.toString())) return
    count()
    look()
  }
  /** Relays that libp2p found by itself (through the DHT) count as well, and are remembered. */
  const identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
    if (!detail.protocols.includes(HOP_PROTOCOL) || detail.connection.limits !== undefined) return
    relays.add(detail.peerId.toString())
    count()
    const address = detail.connection.remoteAddr.toString()
    if (detail.connection.direction === 'outbound') book.worked(address.includes('/p2p/') ? address : `${address}/p2p/${detail.peerId.toString()}`)
  }
  node.addEventListener('peer:disconnect', lost)
  node.addEventListener('peer:identify', identified)
  const timer = setInterval(look, CHECK_MS)
  onAbort(signal, () => {
    clearInterval(timer)
    node.removeEventListener('peer:disconnect', lost)
    node.removeEventListener('peer:identify', identified)
  })
  look()
  return {
    connected,
    problem,
    wake: () => {
      for (const attempt of attempts.values()) { attempt.notBefore = 0; attempt.count = 0 }
      look()
    }
  }
}

/** The protocols a peer speaks, once identify has told; empty when it did not in time. */
async function protocolsOf(node: Libp2p, peer: PeerId, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve) => {
    const finish = (protocols: string[]): void => {
      node.removeEventListener('peer:identify', identified)
      resolve(protocols)
    }
    const identified = ({ detail }: CustomEvent<{ peerId: PeerId, protocols: string[] }>): void => {
      if (detail.peerId.equals(peer)) finish(detail.protocols)
    }
    node.addEventListener('peer:identify', identified)
    onAbort(signal, () => finish([]))
    node.peerStore.get(peer).then((known) => { if (known.protocols.includes(HOP_PROTOCOL)) finish(known.protocols) }, () => {
      // Not in the peer store yet: identify will tell.
    })
  })
}
