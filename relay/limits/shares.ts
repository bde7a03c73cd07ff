import { refilled } from '../../src/util/token-bucket.ts'
import type { Rate } from '../../src/util/token-bucket.ts'
import type { Neighbour } from './neighbours.ts'

/** How fast each kind of neighbour may go, and all neighbours of one address block together. */
export interface Shares {
  client: Rate
  relay: Rate
  block: Rate
}

/** A relay hands on what its clients say: it is given the shares of so many. */
const CLIENTS_OF_A_RELAY = 32
/** A school behind one address: so many of its people may be at their limit at once, or two relays; more where more may connect. */
const BUSY_CLIENTS_OF_A_BLOCK = 64
const BUSY_PART_OF_A_BLOCK = 1 / 8
/** Buckets kept of each kind; about 200 bytes each. */
const CAPACITY = 65_536

/** The shares of everybody where a client may go at `rate`, and an address may have so many connections. */
export function sharesOf(rate: Rate, connectionsPerAddress = 0): Shares {
  const busy = Math.max(BUSY_CLIENTS_OF_A_BLOCK, connectionsPerAddress * BUSY_PART_OF_A_BLOCK)
  return { client: rate, relay: times(rate, CLIENTS_OF_A_RELAY), block: times(rate, busy) }
}

/**
 * What each neighbour, and each address block, may still spend. A neighbour that reconnects finds its bucket as it left it.
 * Who is not identified yet counts as a client.
 */
export class FairShares {
  readonly #own: { readonly client: TokenBuckets, readonly relay: TokenBuckets }
  readonly #blocks: TokenBuckets

  constructor({ client, relay, block }: Shares) {
    this.#own = { client: new TokenBuckets(client), relay: new TokenBuckets(relay) }
    this.#blocks = new TokenBuckets(block)
  }

  /** Spends `cost` of the neighbour and of its block, when both have as much; `now` is in milliseconds. */
  spend({ id, kind, block }: Neighbour, cost: number, now = Date.now()): boolean {
    return this.#own[kind === 'relay' ? 'relay' : 'client'].take(id, cost, now) && this.#blocks.take(block, cost, now)
  }
}

interface Bucket {
  tokens: number
  at: number
}

/**
 * Token buckets by name, in bounded memory: those that have filled up again are forgotten first, which changes nothing, and
 * beyond the capacity those that were left alone for longest. Pure: the caller brings the time.
 */
export class TokenBuckets {
  readonly #rate: Rate
  readonly #capacity: number
  /** In order of last use. */
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate, capacity = CAPACITY) {
    this.#rate = rate
    this.#capacity = capacity
  }

  /** Spends `cost` from the bucket called `name`, when it holds as much; `now` is in milliseconds. */
  take(name: string, cost: number, now: number): boolean {
    const bucket = this.#buckets.get(name)
    const tokens = bucket === undefined ? this.#rate.burst : this.#tokens(bucket, now)
    if (bucket === undefined) this.#makeRoom(now)
    else this.#buckets.delete(name)
    const enough = tokens >= cost
    this.#buckets.set(name, { tokens: enough ? tokens - cost : tokens, at: now })
    return enough
  }

  /** Buckets in memory. */
  get size(): number {
    return this.#buckets.size
  }

  /** Two old ones go for each new one at most, so that the table shrinks again after a flood and no call takes long. */
  #makeRoom(now: number): void {
    let looked = 0
    for (const [name, bucket] of this.#buckets) {
      const full = this.#tokens(bucket, now) >= this.#rate.burst
      if (!full && this.#buckets.size < this.#capacity) return
      this.#buckets.delete(name)
      if (++looked === 2) return
    }
  }

  #tokens(bucket: Bucket, now: number): number {
    return refilled(bucket.tokens, this.#rate, now - bucket.at)
  }
}

function times({ burst, perSecond }: Rate, factor: number): Rate {
  return { burst: burst * factor, perSecond: perSecond * factor }
}
