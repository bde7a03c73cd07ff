import type { GossipSub } from '@libp2p/gossipsub'
import type { Connection, Libp2p } from '@libp2p/interface'
import { Queue } from '@libp2p/utils'
import type { CID } from 'multiformats/cid'
import { rendezvousCid } from '../../src/node/discovery/dht.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { childController, delay, onAbort, withTimeout } from '../../src/util/abort.ts'
import { backoffMs } from '../../src/util/backoff.ts'
import { createLog } from '../../src/util/log.ts'
import { RENDEZVOUS_BUCKET_MS } from '../../src/wire/protocol.ts'
import { bucketAt, topicRendezvousSeed } from '../../src/wire/rendezvous.ts'
import type { TokenBucket } from '../../src/util/token-bucket.ts'
import { dialBudget } from './relay-dialer.ts'
import type { RelayDialer } from './relay-dialer.ts'
import type { Roster } from './roster.ts'

/** What bridging works with. */
export interface BridgeOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'contentRouting'>
  pubsub: Pick<GossipSub, 'getSubscribers'>
  dialer: Pick<RelayDialer, 'isWorthwhile' | 'dial'>
  /** Connected relays. */
  roster: Pick<Roster, 'connections' | 'onChange'>
}

/** Relays one topic is bridged to by our own doing; others may connect to us. */
const MAX_BRIDGES = 4
/** Rounds follow each other quickly at first, for two relays can begin to follow a topic in the same moment. */
const ALONE_WAIT = { baseMs: 500, maxMs: 60_000 }
/** No hurry where a relay that follows the topic is connected already: the DHT is asked only for islands. */
const BRIDGED_WAIT = { baseMs: 2_000, maxMs: 60_000 }
/** Relays that are connected and follow the topic have said so within this time, milliseconds. */
const LISTEN_MS = 50
/**
 * The next bucket's record is filed in a calm moment, after so many rounds, but this long before the bucket begins. Until as
 * long after a bucket's beginning others may be filed under the one before it only.
 */
const CALM_ROUND = 4
const TURN_MS = 120_000
const QUERY_TIMEOUT_MS = 10_000
/** Of all topics together. */
const DIALS_PER_MINUTE = 60
/** Topics worked on at the same time; a relay that restarts must not ask for all its topics at once. */
const CONCURRENT_ROUNDS = 16

const log = createLog('relay:bridging')

/**
 * Makes people on different relays meet. For each followed topic the relay provides the topic's rendezvous CID in the
 * DHT, looks up who else does, and connects to a few relays among them; gossipsub does the rest. Call the returned
 * function on following a topic; bridging of that topic ends with the signal passed to it.
 */
export function createBridging(options: BridgeOptions): (topic: string, lifetime: Lifetime) => void {
  const rounds = new Queue({ concurrency: CONCURRENT_ROUNDS })
  const budget = dialBudget(DIALS_PER_MINUTE)
  onAbort(options.signal, () => rounds.abort())
  return (topic, { signal }) => {
    void new Bridge(topic, budget, { ...options, signal: AbortSignal.any([signal, options.signal]) }).run(rounds)
  }
}

/** The bridging of one topic. */
class Bridge {
  readonly #topic: string
  readonly #budget: TokenBucket
  readonly #options: BridgeOptions
  readonly #signal: AbortSignal
  /** By time bucket; `sent` once a server has taken it. */
  readonly #records = new Map<number, { cid: CID, sent: boolean }>()

  constructor(topic: string, budget: TokenBucket, options: BridgeOptions) {
    this.#topic = topic
    this.#budget = budget
    this.#options = options
    this.#signal = options.signal
  }

  /** Works until the signal aborts, then withdraws what was provided. */
  async run(rounds: Queue): Promise<void> {
    const seed = await topicRendezvousSeed(this.#topic)
    if (this.#options.roster.connections().length > 0) await delay(LISTEN_MS, this.#signal)
    if (this.#subscribed().length > 0) await delay(backoffMs(0, BRIDGED_WAIT), this.#signal)
    for (let round = 0; !this.#signal.aborted; round++) {
      await this.#company()
      // The queue rejects jobs when the relay stops, and then the loop ends by the signal.
      await rounds.add(() => this.#round(seed, round)).catch(() => undefined)
      await delay(backoffMs(round, this.#subscribed().length > 0 ? BRIDGED_WAIT : ALONE_WAIT), this.#signal)
    }
    await this.#withdraw(() => true)
  }

  /**
   * Resolves once there is a relay to ask, or with the signal. To nobody every question takes its time limit, and hundreds of
   * topics that wait for it would stand in each other's way when somebody comes.
   */
  async #company(): Promise<void> {
    const { roster } = this.#options
    const waiting = childController(this.#signal)
    const over = Promise.withResolvers<void>()
    onAbort(waiting.signal, () => over.resolve())
    const look = (): void => { if (roster.connections().length > 0) waiting.abort() }
    roster.onChange(look, waiting)
    look()
    await over.promise
  }

  async #round(seed: Uint8Array<ArrayBuffer>, round: number): Promise<void> {
    const bucket = bucketAt(Date.now())
    const age = Date.now() - bucket * RENDEZVOUS_BUCKET_MS
    await this.#withdraw((filed) => filed < bucket)
    await Promise.all([
      this.#provide(seed, bucket),
      round >= CALM_ROUND || age > RENDEZVOUS_BUCKET_MS - TURN_MS ? this.#provide(seed, bucket + 1) : undefined,
      this.#find(seed, bucket),
      age < TURN_MS ? this.#find(seed, bucket - 1) : undefined
    ])
  }

  /** The DHT service provides again by itself, until the record is withdrawn. */
  async #provide(seed: Uint8Array<ArrayBuffer>, bucket: number): Promise<void> {
    const record = this.#records.get(bucket) ?? { cid: await rendezvousCid(seed, bucket), sent: false }
    if (record.sent || this.#signal.aborted) return
    // Noted before it is sent: what fails half-way is on our own shelf already and must be withdrawn all the same.
    this.#records.set(bucket, record)
    record.sent = await this.#attempt('provide', QUERY_TIMEOUT_MS, async (signal) => {
      await this.#options.libp2p.contentRouting.provide(record.cid, { signal })
    })
  }

  async #find(seed: Uint8Array<ArrayBuffer>, bucket: number): Promise<void> {
    const { libp2p, dialer } = this.#options
    const cid = await rendezvousCid(seed, bucket)
    const dials: Promise<unknown>[] = []
    await this.#attempt('find', QUERY_TIMEOUT_MS, async (signal) => {
      for await (const provider of libp2p.contentRouting.findProviders(cid, { signal })) {
        if (this.#bridges() + dials.length >= MAX_BRIDGES) return
        if (dialer.isWorthwhile(provider)) dials.push(dialer.dial(provider, this.#budget))
      }
    })
    await Promise.all(dials)
  }

  /** Connections to relays that follow the topic. */
  #subscribed(): Connection[] {
    const { roster, pubsub } = this.#options
    const subscribers = new Set(pubsub.getSubscribers(this.#topic).map(String))
    return roster.connections().filter(({ remotePeer }) => subscribers.has(remotePeer.toString()))
  }

  /** Those of them that we opened. */
  #bridges(): number {
    return this.#subscribed().filter(({ direction }) => direction === 'outbound').length
  }

  async #withdraw(over: (bucket: number) => boolean): Promise<void> {
    for (const [bucket, { cid }] of this.#records) {
      if (!over(bucket)) continue
      this.#records.delete(bucket)
      await this.#attempt('withdraw', QUERY_TIMEOUT_MS, () => this.#options.libp2p.contentRouting.cancelReprovide(cid))
    }
  }

  /** True when `action` succeeded. Failure is ordinary: servers are down, the table is empty; the next round tries again. */
  async #attempt(what: string, limitMs: number, action: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const limit = withTimeout(this.#signal, limitMs)
    try {
      await action(limit.signal)
      return true
    } catch (error) {
      log.debug(`${what} ended early`, (error as Error).name)
      return false
    } finally {
      limit.done()
    }
  }
}
