import type { Libp2p } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create as createDigest } from 'multiformats/hashes/digest'
import { withTimeout } from '../../util/abort.ts'
import type { Lifetime } from '../../util/abort.ts'
import { backoffMs } from '../../util/backoff.ts'
import { createLog } from '../../util/log.ts'
import { MAX_ADDRESS_CHARS, RELAY_BUCKET_MS } from '../../wire/protocol.ts'
import { relayAdvertisementDigest } from '../../wire/rendezvous.ts'
import { isRelayAddress } from '../addresses.ts'

const log = createLog('node:relay-search')
const SHA2_256 = 0x12
const QUERY_TIMEOUT_MS = 10_000
/** Pauses between searches, milliseconds; a network with one relay must not be asked for ever. */
const PAUSE = { baseMs: 15_000, maxMs: 600_000 }
/** The first search leaves the start of a call alone, milliseconds. */
const HEAD_START_MS = 5_000
/** Of one relay; it has a way or two of each kind. */
const MAX_ADDRESSES = 4
/** Of one search: anyone may file anything. */
const MAX_RELAYS = 8

/**
 * The CID under which the relays of a network file themselves in its DHT on the day of `now`, milliseconds since 1970.
 * Relays also provide that of the next day, shortly before it begins.
 */
export async function relayAdvertisementCid(network: string, now: number): Promise<CID> {
  return CID.createV1(raw.code, createDigest(SHA2_256, await relayAdvertisementDigest(network, now)))
}

/** What a search works with. */
export interface SearchOptions extends Lifetime {
  node: Pick<Libp2p, 'contentRouting' | 'peerId'>
  network: string
  /** Whether this page may dial the address, which a stranger has named. */
  isAllowed: (address: Multiaddr) => boolean
  /** Takes an address as one to try; false when it was known. */
  onFound: (address: string) => boolean
}

/** Looks in the DHT for relays that nobody has told us of. They are hints, and have to prove themselves. */
export class RelaySearch {
  readonly #options: SearchOptions
  #rounds = 0
  #notBefore = Date.now() + HEAD_START_MS
  #busy = false

  constructor(options: SearchOptions) {
    this.#options = options
  }

  /** The next call of `run` need not wait for the pause to end. */
  hurry(): void {
    this.#rounds = 0
    this.#notBefore = 0
  }

  /** Searches once, unless one runs or the pause is not over. True when something new was found; never rejects. */
  async run(): Promise<boolean> {
    if (this.#busy || Date.now() < this.#notBefore || this.#options.signal.aborted) return false
    this.#busy = true
    const now = Date.now()
    // At midnight clocks differ, and records of yesterday are still there.
    const found = await this.#lookUp(now) || await this.#lookUp(now - RELAY_BUCKET_MS)
    this.#notBefore = Date.now() + backoffMs(this.#rounds++, PAUSE)
    this.#busy = false
    return found
  }

  async #lookUp(at: number): Promise<boolean> {
    const { node, network, isAllowed, onFound, signal } = this.#options
    const limit = withTimeout(signal, QUERY_TIMEOUT_MS)
    let relays = 0
    let isNew = false
    try {
      const cid = await relayAdvertisementCid(network, at)
      for await (const { id, multiaddrs } of node.contentRouting.findProviders(cid, { signal: limit.signal })) {
        if (id.equals(node.peerId) || signal.aborted) continue
        for (const address of waysTo(id.toString(), multiaddrs).filter(isAllowed).slice(0, MAX_ADDRESSES)) {
          if (onFound(address.toString())) isNew = true
        }
        if (++relays >= MAX_RELAYS) break
      }
    } catch (error) {
      // No server yet, or they are slow: what was found counts, and the next search asks again.
      log.debug('search ended early', (error as Error).name)
    } finally {
      limit.done()
    }
    return isNew
  }
}

/** Those of a relay's addresses that a browser can dial, each ending in its peer id, each once. */
export function waysTo(relay: string, addresses: readonly Multiaddr[]): Multiaddr[] {
  const suffix = `/p2p/${relay}`
  const ways = addresses
    .map((address) => address.toString().endsWith(suffix) ? address : address.encapsulate(suffix))
    .filter(isRelayAddress)
    .filter((address) => address.toString().length <= MAX_ADDRESS_CHARS)
  return [...new Map(ways.map((address) => [address.toString(), address])).values()]
}
