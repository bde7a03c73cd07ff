/** Limits for addresses that nobody vouches for, in memory that does not grow with their number. Pure. */
import { randomBytes } from 'node:crypto'
import { refilled } from '../../src/util/token-bucket.ts'
import type { Rate } from '../../src/util/token-bucket.ts'

/** A power of two; two numbers each, so a megabyte. */
const BUCKETS = 65_536

/**
 * A token bucket per source, such as an address block. Sources share a fixed number of buckets by a secret hash: whoever sends under countless false
 * addresses neither fills the memory nor makes it forget a victim, and cannot choose whom to share a bucket with.
 */
export class SourceLimiter {
  readonly #rate: Rate
  readonly #silenceMs: number
  readonly #seed = randomBytes(4).readUInt32LE()
  readonly #tokens: Float64Array
  readonly #times = new Float64Array(BUCKETS)

  /** Whoever has spent everything gets nothing for `silenceMs` milliseconds. */
  constructor(rate: Rate, silenceMs = 0) {
    this.#rate = rate
    this.#silenceMs = silenceMs
    this.#tokens = new Float64Array(BUCKETS).fill(rate.burst)
  }

  /** Spends one, when there is one; `now` is in milliseconds. */
  take(source: string, now: number): boolean {
    const index = this.#refill(source, now)
    const tokens = this.#tokens[index] ?? 0
    if (tokens < 1) return false
    this.#tokens[index] = tokens >= 2 ? tokens - 1 : tokens - 1 - this.#silenceMs * this.#rate.perSecond / 1_000
    return true
  }

  /** Whether there is nothing to spend. */
  isSilenced(source: string, now: number): boolean {
    return (this.#tokens[this.#refill(source, now)] ?? 0) < 1
  }

  #refill(source: string, now: number): number {
    const index = this.#hash(source)
    this.#tokens[index] = refilled(this.#tokens[index] ?? 0, this.#rate, now - (this.#times[index] ?? 0))
    this.#times[index] = now
    return index
  }

  /** FNV-1a from a secret start, with its high half folded in. */
  #hash(source: string): number {
    let hash = this.#seed
    for (let index = 0; index < source.length; index++) hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193)
    return (hash ^ (hash >>> 16)) & (BUCKETS - 1)
  }
}
