/** What each user uses. Pure bookkeeping; times are milliseconds on any one clock. */
import type { Refusal } from './counters.ts'
import type { TurnLimits } from './options.ts'
import { TokenBucket } from '../../src/util/token-bucket.ts'

/** What one user uses, over all allocations. */
export class Account {
  readonly user: string
  /** Authenticated requests. */
  readonly requests: TokenBucket
  /** Allocations that live or are being made. */
  allocations = 0
  /** Until when its use is remembered. */
  keepUntil: number
  readonly #rate: TokenBucket
  readonly #totalBytes: number
  #bytes = 0
  #windowEndsAt: number

  constructor(user: string, limits: TurnLimits, credentialEndsAt: number, now: number) {
    this.user = user
    this.requests = new TokenBucket(limits.requestsPerUser, now)
    this.#rate = new TokenBucket(limits.bytesPerUser, now)
    this.#totalBytes = limits.totalBytesPerUser
    this.keepUntil = this.#windowEndsAt = credentialEndsAt
  }

  /** Spends bytes that are to be relayed; says what forbids it. */
  spend(bytes: number, now: number): Refusal | undefined {
    if (this.#bytes + bytes > this.#totalBytes && now < this.#windowEndsAt) return 'byte-total'
    if (!this.#rate.take(bytes, now)) return 'byte-rate'
    this.#bytes += bytes
    return undefined
  }

  /** Notes a credential that is valid until then. The total starts anew when the one that it was counted for has ended. */
  renew(credentialEndsAt: number, now: number): void {
    this.keepUntil = Math.max(this.keepUntil, credentialEndsAt)
    if (now < this.#windowEndsAt) return
    this.#windowEndsAt = credentialEndsAt
    this.#bytes = 0
  }
}

/** The accounts of all users. */
export class Accounts {
  readonly #limits: TurnLimits
  readonly #byUser = new Map<string, Account>()

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** The account of a user whose credential is genuine; undefined when there are too many users. */
  open(user: string, credentialEndsAt: number, now: number): Account | undefined {
    const known = this.#byUser.get(user)
    if (known !== undefined) {
      known.renew(credentialEndsAt, now)
      return known
    }
    if (this.#byUser.size >= this.#limits.users) return undefined
    const account = new Account(user, this.#limits, credentialEndsAt, now)
    this.#byUser.set(user, account)
    return account
  }

  /** Forgets whose credential has ended. */
  sweep(now: number): void {
    for (const [user, { allocations, keepUntil }] of this.#byUser) {
      if (allocations === 0 && keepUntil <= now) this.#byUser.delete(user)
    }
  }

  get size(): number {
    return this.#byUser.size
  }
}

/** Counts how many of something each key has. */
export class Tally {
  readonly #max: number
  readonly #counts = new Map<string, number>()

  constructor(max: number) {
    this.#max = max
  }

  /** One more, unless there are `max`. */
  add(key: string): boolean {
    const count = this.#counts.get(key) ?? 0
    if (count >= this.#max) return false
    this.#counts.set(key, count + 1)
    return true
  }

  /** One less. */
  remove(key: string): void {
    const count = (this.#counts.get(key) ?? 0) - 1
    if (count > 0) this.#counts.set(key, count)
    else this.#counts.delete(key)
  }
}
