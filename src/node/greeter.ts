import type { Lifetime } from '../util/abort.ts'
import { backoffMs } from '../util/backoff.ts'
import { createLog } from '../util/log.ts'
import type { PeerKey } from '../wire/message.ts'
import type { PeerHint } from './discovery/source.ts'

const log = createLog('node:greeter')

/** Greetings under way at once: hints may be many and false, dials are dear. */
const MAX_PARALLEL = 4
/** Peers remembered; the one that was spoken of longest ago is forgotten, unless it is being greeted. */
const MAX_TRACKED = 128
/** A peer that does not answer this many greetings is left to the other sources. */
const MAX_ATTEMPTS = 6
/** A peer heard within this time needs no greeting, milliseconds. */
const QUIET_MS = 60_000

interface Tracked {
  heardAt: number
  notBefore: number
  attempts: number
  busy: boolean
}

/** Turns hints into greetings: each peer once at a time, with back-off, not when it has been heard anyway. */
export class Greeter {
  readonly #greet: (hint: PeerHint) => Promise<void>
  readonly #signal: AbortSignal
  readonly #tracked = new Map<PeerKey, Tracked>()
  #running = 0

  constructor(greet: (hint: PeerHint) => Promise<void>, { signal }: Lifetime) {
    this.#greet = greet
    this.#signal = signal
  }

  /** The peer has sent us an authentic message. */
  heard(peer: PeerKey): void {
    const tracked = this.#track(peer)
    if (tracked === undefined) return
    tracked.heardAt = Date.now()
    tracked.attempts = 0
  }

  /** A source claims that the peer is there; sources repeat their hints, which is what drives further attempts. */
  hint(hint: PeerHint): void {
    const tracked = this.#track(hint.peer)
    const now = Date.now()
    if (tracked === undefined || this.#signal.aborted || tracked.busy || this.#running >= MAX_PARALLEL) return
    if (now - tracked.heardAt < QUIET_MS || now < tracked.notBefore || tracked.attempts >= MAX_ATTEMPTS) return
    tracked.busy = true
    this.#running++
    this.#greet(hint).catch((error: Error) => log.debug('greeting failed', error.name)).finally(() => {
      tracked.busy = false
      this.#running--
      tracked.notBefore = Date.now() + backoffMs(tracked.attempts++, { baseMs: 1_000, maxMs: 30_000 })
    })
  }

  #track(peer: PeerKey): Tracked | undefined {
    const tracked = this.#tracked.get(peer) ?? { heardAt: 0, notBefore: 0, attempts: 0, busy: false }
    // Put at the end again: the map is in the order in which peers were last spoken of.
    this.#tracked.delete(peer)
    if (this.#tracked.size >= MAX_TRACKED) {
      const [oldest] = [...this.#tracked].find(([, each]) => !each.busy) ?? []
      if (oldest === undefined) return undefined
      this.#tracked.delete(oldest)
    }
    this.#tracked.set(peer, tracked)
    return tracked
  }
}
