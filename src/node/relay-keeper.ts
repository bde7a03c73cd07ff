import type { Connection, IdentifyResult, Libp2p, PeerId } from '@libp2p/interface'
import { onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { backoffMs } from '../util/backoff.ts'
import { markOnce } from '../util/marks.ts'
import { signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { Refusal } from '../wire/message.ts'
import type { RelaySearch } from './discovery/relays.ts'
import type { RelayBook } from './relay-book.ts'
import { dialRelay, HOP_PROTOCOL, isRelay } from './relay-dial.ts'
import { reachableElsewhere } from './relay-drain.ts'
import type { KnownRelay } from './relay-order.ts'

/** Relays that a browser keeps when it can, so that losing one loses nothing. */
const WANTED_RELAYS = 2
/** Relays dialled at once while some are missing: the first of them to answer serve us. */
const MAX_DIALS = 6
/** Between looks at what is missing, milliseconds. */
const CHECK_MS = 10_000
const RETRY = { baseMs: 1_000, maxMs: 30_000 }
/** What turned out to be no relay is left alone for this long, milliseconds. */
const NOT_A_RELAY_MS = 60_000

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

/** What keeping works with. */
export interface KeeperOptions extends Lifetime {
  node: Libp2p
  book: RelayBook
  /** Asks the connected relays for others, when it is due. */
  search: RelaySearch
}

/** How dialling one relay went. */
interface Attempt {
  failures: number
  /** Not dialled before then, milliseconds since 1970. */
  notBefore: number
  busy: boolean
}

/**
 * Keeps connections to a few relays: dials what the book knows, again with back-off after a loss. libp2p itself does
 * not win back a lost relay (https://github.com/libp2p/js-libp2p/issues/3601); the reservation follows from the dial.
 */
export class RelayKeeper implements RelayStatus {
  readonly #options: KeeperOptions
  readonly #connected = stateSignal(0)
  readonly #problem = stateSignal<RelayProblem | null>(null)
  readonly #relays = new Set<string>()
  readonly #attempts = new Map<string, Attempt>()
  /** Relays that have told that they stop, and when, milliseconds since 1970. */
  readonly #leaving = new Map<string, number>()

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  get connected(): ReadonlySignal<number> { return this.#connected }

  get problem(): ReadonlySignal<RelayProblem | null> { return this.#problem }

  /** Starts dialling; ends with the signal. */
  start(): void {
    const { node, signal } = this.#options
    node.addEventListener('peer:disconnect', this.#lost)
    node.addEventListener('peer:identify', this.#identified)
    const timer = setInterval(() => this.#look(), CHECK_MS)
    onAbort(signal, () => {
      clearInterval(timer)
      node.removeEventListener('peer:disconnect', this.#lost)
      node.removeEventListener('peer:identify', this.#identified)
    })
    this.#look()
  }

  wake(): void {
    for (const attempt of this.#attempts.values()) Object.assign(attempt, { failures: 0, notBefore: 0 })
    this.#look()
  }

  /** Whether we are connected to this peer for its services as a relay. */
  uses(relay: string): boolean {
    return this.#relays.has(relay)
  }

  /**
   * The relay stops in `ms` milliseconds: finds another, and says goodbye once we are reachable there. A relay that is
   * the only one we can have is kept to its end, and is welcome again after it.
   */
  async leave(relay: string, ms: number): Promise<void> {
    const { node, search, signal } = this.#options
    const until = Date.now() + ms
    this.#leaving.set(relay, until)
    const attempt = this.#attemptAt(relay)
    attempt.notBefore = until + backoffMs(attempt.failures, RETRY)
    search.hurry()
    this.#look()
    const limit = withTimeout(signal, ms)
    try {
      if (!await reachableElsewhere(node, (each) => this.#isLeaving(each), limit.signal)) return
      const farewells = node.getConnections().filter(({ remotePeer }) => remotePeer.toString() === relay)
      await Promise.allSettled(farewells.map((connection) => connection.close()))
    } finally {
      limit.done()
    }
  }

  #isLeaving(relay: string): boolean {
    return (this.#leaving.get(relay) ?? 0) > Date.now()
  }

  /** Dials what is known while too few relays are connected, and asks those that are for more. */
  #look(): void {
    const { book, search, signal } = this.#options
    const staying = [...this.#relays].filter((relay) => !this.#isLeaving(relay)).length
    if (staying >= WANTED_RELAYS || signal.aborted) return
    const known = book.relays()
    if (known.length === 0 && this.#relays.size === 0) this.#problem.value = 'no-relay'
    const missing = known.filter(({ key }) => !this.#relays.has(key) && !this.#isLeaving(key))
    for (const relay of missing.slice(0, MAX_DIALS)) void this.#try(relay)
    if (this.#relays.size > 0) void search.run().then((isNew) => { if (isNew) this.#look() })
  }

  async #try({ key, addresses }: KnownRelay): Promise<void> {
    const { node, book, signal } = this.#options
    const attempt = this.#attemptAt(key)
    if (attempt.busy || Date.now() < attempt.notBefore) return
    attempt.busy = true
    try {
      const connection = await dialRelay(node, addresses, (address) => book.failed(address), signal)
      this.#relays.add(connection.remotePeer.toString())
      this.#count()
      markOnce('relay-connected')
      attempt.failures = 0
      void this.#confirm(connection, addresses, attempt)
    } catch (error) {
      if (signal.aborted) return
      attempt.notBefore = Date.now() + backoffMs(attempt.failures++, RETRY)
      if (this.#relays.size === 0) this.#problem.value = error instanceof Refusal ? 'address-malformed' : 'relay-unreachable'
    } finally {
      attempt.busy = false
    }
  }

  /** Waits for identify and drops what turns out to be no relay. */
  async #confirm(connection: Connection, addresses: string[], attempt: Attempt): Promise<void> {
    const { node, book, signal } = this.#options
    const serves = await isRelay(node, connection.remotePeer, signal)
    if (signal.aborted || connection.status !== 'open' || serves) return
    for (const address of addresses) book.failed(address)
    this.#relays.delete(connection.remotePeer.toString())
    this.#count()
    if (this.#relays.size === 0) this.#problem.value = 'not-a-relay'
    attempt.notBefore = Date.now() + NOT_A_RELAY_MS
    await connection.close()
  }

  readonly #lost = ({ detail: peer }: CustomEvent<PeerId>): void => {
    if (!this.#relays.delete(peer.toString())) return
    this.#count()
    this.#look()
  }

  /** Relays that libp2p found by itself (through the DHT) count as well, and are remembered. */
  readonly #identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
    if (!detail.protocols.includes(HOP_PROTOCOL) || detail.connection.limits !== undefined) return
    this.#relays.add(detail.peerId.toString())
    this.#count()
    const address = detail.connection.remoteAddr.toString()
    const suffix = `/p2p/${detail.peerId.toString()}`
    if (detail.connection.direction === 'outbound') this.#options.book.worked(address.includes('/p2p/') ? address : `${address}${suffix}`)
  }

  #count(): void {
    this.#connected.value = this.#relays.size
    if (this.#relays.size > 0) this.#problem.value = null
  }

  #attemptAt(key: string): Attempt {
    const attempt = this.#attempts.get(key) ?? { failures: 0, notBefore: 0, busy: false }
    this.#attempts.set(key, attempt)
    return attempt
  }
}
