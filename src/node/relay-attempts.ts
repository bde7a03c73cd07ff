import { backoffMs } from '../util/backoff.ts'
import type { KnownRelay } from './relay-order.ts'
import { retryPauseMs } from './relay-retry.ts'

/** A connection that was lost sooner than this, milliseconds, does not prove that the next one would be any better. */
const LASTING_MS = 10_000
/** What turned out to be no relay is left alone for this long, milliseconds. */
const NOT_A_RELAY_MS = 60_000
/** A dial that is older than this, milliseconds, when we wake up was sent into a network that is gone. */
const STALE_DIAL_MS = 1_000
/** Pauses before a relay that had no place for us is asked again. */
const PLACE_RETRY = { baseMs: 2_000, maxMs: 60_000 }

/** How it went with one relay, or with one address that names none. Times are milliseconds since 1970. */
interface Attempt {
  /** The peer that was found there; the key as long as nobody was. */
  peer: string
  /** Failures in a row. */
  failures: number
  /** Not dialled before then. */
  notBefore: number
  /** The dial under way. */
  dial: { controller: AbortController, startedAt: number } | undefined
  connectedAt: number
  /** How long the last dial that worked took, milliseconds; undefined before the first. */
  connectMs: number | undefined
  /** Whether the present connection has shown itself to lead to a relay. */
  serves: boolean
  /** When it last served us. */
  servedAt: number
  /** Places that it had not for us, in a row, and when it may be asked again. */
  refusals: number
  askNotBefore: number
}

/** Remembers how dialling relays went, and says which are to be dialled now. */
export class RelayAttempts {
  readonly #byKey = new Map<string, Attempt>()

  at(key: string): Attempt {
    const attempt = this.#byKey.get(key) ?? {
      peer: key, failures: 0, notBefore: 0, dial: undefined, connectedAt: 0, connectMs: undefined, serves: false, servedAt: -Infinity, refusals: 0, askNotBefore: 0
    }
    this.#byKey.set(key, attempt)
    return attempt
  }

  /** Those to dial now, so that at most `limit` dials are under way. */
  due(relays: KnownRelay[], limit: number): KnownRelay[] {
    const free = limit - [...this.#byKey.values()].filter(({ dial }) => dial !== undefined).length
    return relays.filter(({ key }) => this.at(key).dial === undefined && this.at(key).notBefore <= Date.now()).slice(0, Math.max(0, free))
  }

  /** Milliseconds until another is due; undefined when none waits. */
  nextMs(relays: KnownRelay[]): number | undefined {
    const waits = relays.map(({ key }) => this.at(key)).filter(({ dial }) => dial === undefined).map(({ notBefore }) => notBefore - Date.now())
    const ahead = waits.filter((wait) => wait > 0)
    return ahead.length > 0 ? Math.min(...ahead) : undefined
  }

  connected(relay: string): void {
    Object.assign(this.at(relay), { connectedAt: Date.now(), serves: false })
  }

  serves(relay: string): void {
    this.at(relay).serves = true
  }

  failed(key: string, hasOthers: boolean): void {
    const attempt = this.at(key)
    attempt.failures++
    attempt.notBefore = Date.now() + retryPauseMs({ failures: attempt.failures, sinceServedMs: Date.now() - attempt.servedAt, hasOthers })
  }

  /** The connection is gone: dialled again at once if it has lasted, else as after a failed attempt. */
  lost(relay: string, hasOthers: boolean): void {
    const attempt = this.at(relay)
    if (attempt.serves) attempt.servedAt = Date.now()
    attempt.askNotBefore = 0
    if (attempt.serves && Date.now() - attempt.connectedAt > LASTING_MS) Object.assign(attempt, { failures: 0, notBefore: 0 })
    else this.failed(relay, hasOthers)
    attempt.serves = false
  }

  isNoRelay(key: string): void {
    this.at(key).notBefore = Date.now() + NOT_A_RELAY_MS
  }

  /** All waiting is over, and what was dialled in another network is given up. */
  reset(): void {
    for (const attempt of this.#byKey.values()) {
      Object.assign(attempt, { failures: 0, notBefore: 0, refusals: 0, askNotBefore: 0 })
      if (attempt.dial === undefined || Date.now() - attempt.dial.startedAt < STALE_DIAL_MS) continue
      attempt.dial.controller.abort()
      attempt.dial = undefined
    }
  }

  /** Of these, the relays that may be asked for a place now. */
  askable<T extends { remotePeer: { toString: () => string } }>(relays: T[]): T[] {
    return relays.filter(({ remotePeer }) => {
      const { serves, askNotBefore } = this.at(remotePeer.toString())
      return serves && askNotBefore <= Date.now()
    })
  }

  /** Asks a relay for a place, and not again before it has answered and, if that was no, some time has passed. */
  async ask(relay: string, question: () => Promise<boolean>): Promise<boolean> {
    const attempt = this.at(relay)
    attempt.askNotBefore = Infinity
    const isReserved = await question()
    attempt.refusals = isReserved ? 0 : attempt.refusals + 1
    attempt.askNotBefore = isReserved ? 0 : Date.now() + backoffMs(attempt.refusals - 1, PLACE_RETRY)
    return isReserved
  }
}
