import type { Connection, IdentifyResult, Libp2p, PeerId } from '@libp2p/interface'
import { childController, onAbort, withTimeout } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { markOnce } from '../util/marks.ts'
import { effect, signal as stateSignal, untracked } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { Refusal } from '../wire/message.ts'
import { displayHost, isRelayAddress } from './addresses.ts'
import type { RelaySearch } from './discovery/relays.ts'
import { RelayAttempts } from './relay-attempts.ts'
import type { RelayBook } from './relay-book.ts'
import { dialRelay, HOP_PROTOCOL, isRelay } from './relay-dial.ts'
import { reachableElsewhere } from './relay-drain.ts'
import { waysAfter } from './relay-order.ts'
import type { KnownRelay } from './relay-order.ts'
import { askOrReplace, isAnswering } from './relay-pulse.ts'
import { dialLimitMs, patienceMs } from './relay-retry.ts'
import type { RelaySlots } from './relay-slots.ts'
import type { RelayInfo } from './types.ts'
import type { OpeningSockets } from './websocket-transport.ts'

const log = createLog('node:keeper')

/** Relays that a browser keeps when it can, so that losing one loses nothing. */
const WANTED_RELAYS = 2
/** Relays known besides those in use, so that one is left to try when all are gone. */
const SPARE_RELAYS = 2
/** Relays dialled at once while some are missing: the first of them to answer serve us. */
const MAX_DIALS = 6
/** Between looks at what is missing, milliseconds; a retry that is due comes sooner. */
const CHECK_MS = 10_000
/** Between questions to each relay whether it is still there, milliseconds, and how long it has to answer when nobody suspects it. */
const PULSE_MS = 20_000
const PULSE_PATIENCE_MS = 6_000

/** Why a relay does not serve us. */
export type RelayProblem = 'no-relay' | 'relay-unreachable' | 'not-a-relay' | 'address-malformed'

/** What the keeper tells about itself. */
export interface RelayStatus {
  /** Relays that are connected now. */
  readonly connected: ReadonlySignal<number>
  /** The same, one by one. */
  readonly relays: ReadonlySignal<readonly RelayInfo[]>
  /** Why the last one that was tried did not work, or that none is known; null once one works. */
  readonly problem: ReadonlySignal<RelayProblem | null>
  /** Looks again at once, with waiting times reset, and verifies: after `online`, a wake-up, or a new address in the book. */
  wake(): void
  /**
   * Something is silent: drops each connection to a relay that does not answer at once, and dials the relay again. Calls
   * `onReplaced` for each relay that a new connection reaches and the old one does not: then it is our network that is another.
   */
  verify(onReplaced?: () => void): void
}

/** What keeping works with. */
export interface KeeperOptions extends Lifetime {
  node: Libp2p
  book: RelayBook
  /** Asks the connected relays for others, when it is due. */
  search: RelaySearch
  slots: RelaySlots
  sockets: Pick<OpeningSockets, 'giveUp'>
}

/**
 * Keeps connections to a few relays, and a place at two of them: dials what the book knows, again and quickly after a loss,
 * and asks those that are connected whether they still are. libp2p itself does not win back a lost relay
 * (https://github.com/libp2p/js-libp2p/issues/3601).
 */
export class RelayKeeper implements RelayStatus {
  readonly #options: KeeperOptions
  readonly #connected = stateSignal(0)
  readonly #infos = stateSignal<readonly RelayInfo[]>([])
  readonly #problem = stateSignal<RelayProblem | null>(null)
  /** Peer ids of those that are connected. */
  readonly #relays = new Set<string>()
  readonly #attempts = new RelayAttempts()
  /** Relays that have told that they stop, and when, milliseconds since 1970. */
  readonly #leaving = new Map<string, number>()
  #retry: ReturnType<typeof setTimeout> | undefined

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  get connected(): ReadonlySignal<number> { return this.#connected }

  get relays(): ReadonlySignal<readonly RelayInfo[]> { return this.#infos }

  get problem(): ReadonlySignal<RelayProblem | null> { return this.#problem }

  /** Starts dialling; ends with the signal. */
  start(): void {
    const { node, slots, signal } = this.#options
    node.addEventListener('peer:disconnect', this.#lost)
    node.addEventListener('peer:identify', this.#identified)
    const check = setInterval(() => this.look(), CHECK_MS)
    const pulse = setInterval(() => this.#ask((connection) => isAnswering(connection, PULSE_PATIENCE_MS, signal)), PULSE_MS)
    onAbort(signal, effect(() => {
      void slots.held.value
      untracked(() => {
        this.#count()
        this.#fillSlots()
      })
    }))
    onAbort(signal, () => {
      for (const timer of [check, pulse, this.#retry]) clearInterval(timer)
      node.removeEventListener('peer:disconnect', this.#lost)
      node.removeEventListener('peer:identify', this.#identified)
    })
    this.look()
  }

  wake(): void {
    this.#attempts.reset()
    this.verify()
    this.look()
  }

  verify(onReplaced?: () => void): void {
    const { node, sockets, signal } = this.#options
    this.#ask(async (connection) => {
      const outcome = await askOrReplace({ node, sockets }, connection, patienceMs(connection.rtt), signal)
      if (outcome === 'replaced' && !signal.aborted) onReplaced?.()
      return outcome === 'answering'
    })
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
    this.#leaving.set(relay, Date.now() + ms)
    search.hurry()
    this.look()
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
  look(): void {
    const { book, search, signal } = this.#options
    clearTimeout(this.#retry)
    if (signal.aborted) return
    const known = book.relays()
    const staying = [...this.#relays].filter((relay) => !this.#isLeaving(relay)).length
    if (staying < WANTED_RELAYS) this.#dialMissing(known)
    this.#fillSlots()
    const isScarce = staying < WANTED_RELAYS || known.length < WANTED_RELAYS + SPARE_RELAYS
    if (this.#relays.size > 0 && isScarce) void search.run().then((isNew) => { if (isNew) this.look() })
  }

  #dialMissing(known: KnownRelay[]): void {
    if (known.length === 0 && this.#relays.size === 0) this.#problem.value = 'no-relay'
    const missing = known.filter(({ key }) => !this.#relays.has(this.#attempts.at(key).peer) && !this.#isLeaving(key))
    for (const relay of this.#attempts.due(missing, MAX_DIALS)) void this.#try(relay)
    const waitMs = this.#attempts.nextMs(missing)
    if (waitMs !== undefined) this.#retry = setTimeout(() => this.look(), waitMs)
  }

  async #try({ key, addresses }: KnownRelay): Promise<void> {
    const { node, book, sockets, signal } = this.#options
    const attempt = this.#attempts.at(key)
    const startedAt = Date.now()
    const dial = attempt.dial = { controller: childController(signal), startedAt }
    try {
      const connection = await dialRelay(node, waysAfter(addresses, attempt.failures), {
        limitMs: dialLimitMs({ failures: attempt.failures, sinceServedMs: startedAt - attempt.servedAt, connectMs: attempt.connectMs }),
        sockets,
        onFailure: (address) => book.failed(address, this.#relays.size > 0),
        signal: dial.controller.signal
      })
      attempt.peer = connection.remotePeer.toString()
      this.#add(connection)
      markOnce('relay-connected')
      attempt.connectMs = Date.now() - startedAt
      book.served(addressOf(connection), { connectMs: attempt.connectMs })
      void this.#confirm(connection, key, addresses)
    } catch (error) {
      if (signal.aborted || attempt.dial !== dial) return
      this.#attempts.failed(key, this.#relays.size > 0)
      if (this.#relays.size === 0) this.#problem.value = error instanceof Refusal ? 'address-malformed' : 'relay-unreachable'
    } finally {
      if (attempt.dial === dial) attempt.dial = undefined
      this.look()
    }
  }

  /** Waits for identify and drops what turns out to be no relay. */
  async #confirm(connection: Connection, key: string, addresses: string[]): Promise<void> {
    const { node, book, signal } = this.#options
    const serves = await isRelay(node, connection.remotePeer, signal)
    if (signal.aborted || connection.status !== 'open' || serves) return
    for (const address of addresses) book.failed(address)
    this.#relays.delete(connection.remotePeer.toString())
    this.#count()
    if (this.#relays.size === 0) this.#problem.value = 'not-a-relay'
    this.#attempts.isNoRelay(key)
    await connection.close()
  }

  #add(connection: Connection): void {
    log.debug('a relay is connected')
    const relay = connection.remotePeer.toString()
    if (!this.#relays.has(relay)) this.#attempts.connected(relay)
    this.#relays.add(relay)
    this.#count()
  }

  readonly #lost = ({ detail: peer }: CustomEvent<PeerId>): void => {
    const relay = peer.toString()
    if (!this.#relays.delete(relay)) return
    this.#attempts.lost(relay, this.#relays.size > 0)
    this.#count()
    this.look()
  }

  /** Relays that libp2p found by itself (through the DHT) count as well, and are remembered. */
  readonly #identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
    const { connection, protocols, peerId } = detail
    if (!protocols.includes(HOP_PROTOCOL) || connection.limits !== undefined || !isRelayAddress(connection.remoteAddr)) return
    this.#add(connection)
    this.#attempts.serves(peerId.toString())
    if (connection.direction === 'outbound') this.#options.book.worked(addressOf(connection))
    this.#fillSlots()
  }

  /** Asks each relay whether it is there; a connection that is not is dropped, and the relay dialled again if it was the last. */
  #ask(question: (connection: Connection) => Promise<boolean>): void {
    const { signal } = this.#options
    for (const connection of this.#connections()) {
      void question(connection).then((isThere) => {
        if (signal.aborted || connection.status !== 'open') return
        if (!isThere) log.debug('a relay is silent')
        if (!isThere) connection.abort(new Error('the relay is silent'))
        this.#count()
      })
    }
  }

  /** Asks connected relays for a place while there are too few. */
  #fillSlots(): void {
    const { book, slots } = this.#options
    const held = slots.held.peek()
    const free = this.#connections().filter(({ remotePeer }) => !held.has(remotePeer.toString()) && !this.#isLeaving(remotePeer.toString()))
    for (const connection of this.#attempts.askable(free).slice(0, Math.max(0, WANTED_RELAYS - held.size))) {
      void this.#attempts.ask(connection.remotePeer.toString(), () => slots.reserve(connection.remotePeer)).then((isReserved) => {
        // It may also have been one too many for us, which says nothing about the relay.
        const isItsWord = isReserved || slots.held.peek().size < WANTED_RELAYS
        if (isItsWord && connection.status === 'open') book.served(addressOf(connection), { reserved: isReserved })
      })
    }
  }

  /** The straight connections to relays that have identified themselves as such, or are about to. */
  #connections(): Connection[] {
    return this.#options.node.getConnections().filter(({ remotePeer, remoteAddr, limits, status }) =>
      this.#relays.has(remotePeer.toString()) && limits === undefined && status === 'open' && isRelayAddress(remoteAddr))
  }

  #count(): void {
    this.#connected.value = this.#relays.size
    if (this.#relays.size > 0) this.#problem.value = null
    const held = this.#options.slots.held.peek()
    const infos = new Map(this.#connections().map(({ remotePeer, remoteAddr, rtt = null }) => {
      const peer = remotePeer.toString()
      return [peer, { host: displayHost(remoteAddr), peer, reserved: held.has(peer), rttMs: rtt }]
    }))
    // Nobody is woken for what has not changed.
    if (JSON.stringify([...infos.values()]) !== JSON.stringify(this.#infos.peek())) this.#infos.value = [...infos.values()]
  }
}

/** By which address the relay was reached, with its peer id. */
function addressOf({ remoteAddr, remotePeer }: Connection): string {
  const address = remoteAddr.toString()
  return address.includes('/p2p/') ? address : `${address}/p2p/${remotePeer.toString()}`
}
