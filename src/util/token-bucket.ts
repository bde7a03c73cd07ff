/** How fast something may go: `perSecond` in the long run, up to `burst` at once. */
export interface Rate {
  perSecond: number
  burst: number
}

/** Counts what may still be spent. Pure: the caller brings the time, milliseconds. */
export class TokenBucket {
  readonly #rate: Rate
  #tokens: number
  #at: number

  /** Starts full. */
  constructor(rate: Rate, now: number) {
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = now
  }

  /** Spends `cost` when there is so much. */
  take(cost: number, now: number): boolean {
    this.#tokens = refilled(this.#tokens, this.#rate, now - this.#at)
    this.#at = now
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }

  /** Milliseconds until `take(cost)` succeeds. */
  waitMs(cost: number, now: number): number {
    const missing = cost - refilled(this.#tokens, this.#rate, now - this.#at)
    return Math.max(0, Math.ceil(missing * 1_000 / this.#rate.perSecond))
  }
}

/** What a bucket holds `elapsedMs` later. */
export function refilled(tokens: number, { perSecond, burst }: Rate, elapsedMs: number): number {
  return Math.min(burst, tokens + Math.max(0, elapsedMs) * perSecond / 1_000)
}
