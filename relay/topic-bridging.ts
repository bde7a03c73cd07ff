import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import { Queue } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { CID } from 'multiformats/cid'
import { rendezvousCid } from '../src/node/discovery/dht.ts'
import type { Lifetime } from '../src/util/abort.ts'
import { delay, onAbort, withTimeout } from '../src/util/abort.ts'
import { backoffMs } from '../src/util/backoff.ts'
import { createLog } from '../src/util/log.ts'
import { bucketAt, topicRendezvousSeed } from '../src/wire/rendezvous.ts'
import { directAddresses } from './dialable.ts'

/** What bridging works with. */
export interface BridgeOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'contentRouting' | 'dial' | 'getConnections' | 'peerId'>
  pubsub: Pick<GossipSub, 'getSubscribers'>
  /** Whether to leave private addresses alone. */
  publicOnly: boolean
}

/** Relays one topic is bridged to by our own doing; others may connect to us. */
const MAX_BRIDGES = 4
/** Rounds follow each other quickly at first, for two relays can begin to follow a topic in the same moment. */
const ROUND_WAIT = { baseMs: 500, maxMs: 60_000 }
const QUERY_TIMEOUT_MS = 10_000
const DIAL_TIMEOUT_MS = 5_000
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
  onAbort(options.signal, () => rounds.abort())
  return (topic, { signal }) => {
    void new Bridge(topic, { ...options, signal: AbortSignal.any([signal, options.signal]) }).run(rounds)
  }
}

/** The bridging of one topic. */
class Bridge {
  readonly #topic: string
  readonly #options: BridgeOptions
  readonly #signal: AbortSignal
  /** By time bucket; `sent` once a server has taken it. */
  readonly #records = new Map<number, { cid: CID, sent: boolean }>()

  constructor(topic: string, options: BridgeOptions) {
    this.#topic = topic
    this.#options = options
    this.#signal = options.signal
  }

  /** Works until the signal aborts, then withdraws what was provided. */
  async run(rounds: Queue): Promise<void> {
    const seed = await topicRendezvousSeed(this.#topic)
    for (let round = 0; !this.#signal.aborted; round++) {
      // The queue rejects jobs when the relay stops, and then the loop ends by the signal.
      await rounds.add(() => this.#round(seed)).catch(() => undefined)
      await delay(backoffMs(round, ROUND_WAIT), this.#signal)
    }
    await this.#withdraw(() => true)
  }

  async #round(seed: Uint8Array<ArrayBuffer>): Promise<void> {
    const bucket = bucketAt(Date.now())
    await this.#withdraw((filed) => filed < bucket)
    await Promise.all([
      this.#provide(seed, bucket).then(() => this.#provide(seed, bucket + 1)),
      this.#find(seed, bucket),
      this.#find(seed, bucket - 1)
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
    const { libp2p, publicOnly } = this.#options
    const cid = await rendezvousCid(seed, bucket)
    const dials: Promise<unknown>[] = []
    await this.#attempt('find', QUERY_TIMEOUT_MS, async (signal) => {
      for await (const provider of libp2p.contentRouting.findProviders(cid, { signal })) {
        if (this.#bridges() + dials.length >= MAX_BRIDGES) return
        const known = provider.id.equals(libp2p.peerId) || libp2p.getConnections(provider.id).length > 0
        const addresses = known ? [] : directAddresses(provider, publicOnly)
        if (addresses.length > 0) dials.push(this.#dial(addresses))
      }
    })
    await Promise.all(dials)
  }

  #dial(addresses: Multiaddr[]): Promise<boolean> {
    return this.#attempt('dial', DIAL_TIMEOUT_MS, async (signal) => {
      await this.#options.libp2p.dial(addresses, { signal })
    })
  }

  /** Connections that we opened to others who subscribe to the topic: relays, since nobody dials a browser from here. */
  #bridges(): number {
    const { libp2p, pubsub } = this.#options
    return pubsub.getSubscribers(this.#topic)
      .filter((peer) => libp2p.getConnections(peer).some(({ direction }) => direction === 'outbound')).length
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
