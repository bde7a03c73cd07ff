import { TokenBucket } from '../util/token-bucket.ts'
import type { Rate } from '../util/token-bucket.ts'

/** What a peer's message meets at the door. `banned` is said once, at the message that was one too many. */
export type Admission = 'admitted' | 'dropped' | 'banned'

/** A peer that joins a room of sixteen sends some forty messages in its first second. */
const MESSAGE_RATE: Rate = { perSecond: 30, burst: 60 }

/** So many dropped messages are no accident: half a minute of twice the allowed rate. */
const STRIKES = 900

/** Paces remembered at once. */
const MAX_PACES = 64

/** Peers remembered at once; the one heard longest ago is forgotten first. */
const MAX_PEERS = 256

interface Account {
  bucket: TokenBucket
  dropped: number
}

/** Counts what each peer sends, drops what is too much, and shuts out for good those who do not stop. */
export class Doorman<Key> {
  readonly #accounts = new Map<Key, Account>()
  readonly #banned = new Set<Key>()
  #dropped = 0

  /** Messages dropped so far, over all peers. */
  get dropped(): number {
    return this.#dropped
  }

  /** Decides on one message of `peer`. */
  admit(peer: Key, nowMs: number): Admission {
    if (this.#banned.has(peer)) return this.#drop()
    const account = this.#account(peer, nowMs)
    if (account.bucket.take(1, nowMs)) return 'admitted'
    account.dropped += 1
    this.#drop()
    if (account.dropped < STRIKES) return 'dropped'
    this.#ban(peer)
    return 'banned'
  }

  #drop(): Admission {
    this.#dropped += 1
    return 'dropped'
  }

  #ban(peer: Key): void {
    this.#accounts.delete(peer)
    this.#banned.add(peer)
    evictOldest(this.#banned, MAX_PEERS)
  }

  #account(peer: Key, nowMs: number): Account {
    const account = this.#accounts.get(peer) ?? { bucket: new TokenBucket(MESSAGE_RATE, nowMs), dropped: 0 }
    this.#accounts.delete(peer)
    this.#accounts.set(peer, account)
    evictOldest(this.#accounts, MAX_PEERS)
    return account
  }
}

/** Holds each of many to a pace of its own. Who was silent for longest is forgotten, and may begin with a full burst. */
export class Paces<Key> {
  readonly #buckets = new Map<Key, TokenBucket>()

  admits(who: Key, rate: Rate, nowMs: number): boolean {
    const bucket = this.#buckets.get(who) ?? new TokenBucket(rate, nowMs)
    this.#buckets.delete(who)
    this.#buckets.set(who, bucket)
    evictOldest(this.#buckets, MAX_PACES)
    return bucket.take(1, nowMs)
  }

  clear(): void {
    this.#buckets.clear()
  }
}

/** Keeps a map or set, which iterate in order of insertion, at no more than `limit` entries. */
export function evictOldest<Key>(
  entries: { size: number, keys(): Iterable<Key>, delete(key: Key): boolean }, limit: number,
): void {
  for (const key of entries.keys()) {
    if (entries.size <= limit) return
    entries.delete(key)
  }
}
