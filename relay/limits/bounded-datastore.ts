import type { PeerId, Startable } from '@libp2p/interface'
import { peerIdFromCID, peerIdFromString } from '@libp2p/peer-id'
import { BaseDatastore } from 'datastore-core'
import { Key } from 'interface-datastore'
import type { Datastore, KeyQuery, Pair, Query } from 'interface-datastore'
import { CID } from 'multiformats/cid'
import { DHT_DATASTORE_PREFIX } from '../../src/node/shared-options.ts'
import type { LimitCause } from './causes.ts'
import { ProviderRecords } from './provider-records.ts'
import type { ProviderLimits, ProviderRecord } from './provider-records.ts'
import { decodeVarint } from './varint.ts'

const PROVIDERS = `${DHT_DATASTORE_PREFIX}/provider`
const VALUES = `${DHT_DATASTORE_PREFIX}/record`
const PEERS = '/peers/'

/** What is kept, and who is asked about peers. */
export interface BoundedDatastoreOptions {
  /** The relay itself. */
  self: PeerId
  providers: ProviderLimits
  /** Records that one provider may have. */
  recordsOf: (provider: PeerId) => number
  /** The address block that a provider's record comes from. */
  blockOf: (provider: PeerId) => string
  /** Life of a provider record, milliseconds. */
  validityMs: number
  /** Peers remembered in all. */
  peers: number
  /** Longest entry about one peer, bytes. */
  peerBytes: number
  /** Whether a peer must be remembered: libp2p leaves traces of a connected peer behind once it has forgotten it. */
  isConnected: (peer: PeerId) => boolean
  refused: (cause: LimitCause) => void
}

/**
 * A datastore in which peers and DHT records from strangers stay within bounds, on disk and in memory; everything else goes
 * to `inner` as it is. Provider records are answered from memory, newest first, without expired ones, and without those of
 * peers that are no longer remembered: the library answers nobody about a key once it does not find one of its providers.
 */
export class BoundedDatastore extends BaseDatastore implements Startable {
  readonly #inner: Datastore
  readonly #options: BoundedDatastoreOptions
  readonly #records: ProviderRecords
  /** Keys of remembered peers, in order of their last change. */
  readonly #peers = new Set<string>()

  constructor(inner: Datastore, options: BoundedDatastoreOptions) {
    super()
    this.#inner = inner
    this.#options = options
    this.#records = new ProviderRecords(options.providers, options.self.toString())
  }

  /** Provider records and remembered peers. */
  get sizes(): { records: number, peers: number } {
    return { records: this.#records.size, peers: this.#peers.size }
  }

  /** Takes up what an earlier run left, within today's limits; what is expired goes. libp2p calls it first of all. */
  async beforeStart(): Promise<void> {
    for await (const key of this.#inner.queryKeys({ prefix: PEERS })) await this.#remember(key.toString())
    for await (const { key, value } of this.#inner.query({ prefix: PROVIDERS })) {
      const name = parsed(key)
      if (name === undefined || this.#expired(decodeVarint(value))) await this.#inner.delete(key)
      // Where it came from is forgotten; the provider counts for itself, as if it had an address of its own.
      else await this.#file({ ...name, value, block: name.provider, time: decodeVarint(value) })
    }
  }

  start(): void {}

  stop(): void {}

  override async put(key: Key, value: Uint8Array): Promise<Key> {
    const text = key.toString()
    if (text.startsWith(VALUES)) throw this.#refusal('dht-value')
    if (text.startsWith(PEERS)) {
      if (value.length > this.#options.peerBytes) throw this.#refusal('peer-oversized')
      await this.#remember(text)
    } else if (text.startsWith(PROVIDERS)) {
      const name = parsed(key)
      if (name === undefined) throw new Error('not the key of a provider record')
      await this.#file({ ...name, value, block: this.#options.blockOf(peerIdFromString(name.provider)), time: decodeVarint(value) })
      if (this.#records.get(name.key, name.provider) === undefined) return key
    }
    await this.#inner.put(key, value)
    return key
  }

  override async get(key: Key): Promise<Uint8Array> {
    return this.#inner.get(key)
  }

  override async has(key: Key): Promise<boolean> {
    return this.#inner.has(key)
  }

  override async delete(key: Key): Promise<void> {
    const name = parsed(key)
    if (name !== undefined) this.#records.delete(name.key, name.provider)
    this.#peers.delete(key.toString())
    await this.#inner.delete(key)
  }

  override query(query: Query): AsyncGenerator<Pair> | Generator<Pair> {
    return query.prefix?.startsWith(PROVIDERS) === true ? super.query(query) : this.#inner.query(query) as AsyncGenerator<Pair>
  }

  override queryKeys(query: KeyQuery): AsyncGenerator<Key> | Generator<Key> {
    return query.prefix?.startsWith(PROVIDERS) === true ? super.queryKeys(query) : this.#inner.queryKeys(query) as AsyncGenerator<Key>
  }

  /** Provider records only; `query` sends everything else to `inner`. */
  override async * _all({ prefix = PROVIDERS }: Query): AsyncGenerator<Pair> {
    const [cid] = prefix.slice(PROVIDERS.length + 1).split('/')
    const found = cid === undefined || cid === '' ? this.#records.all() : this.#living(cid)
    for (const { key, provider, value } of found) yield { key: new Key(`${PROVIDERS}/${key}/${provider}`), value }
  }

  override async * _allKeys({ prefix }: KeyQuery): AsyncGenerator<Key> {
    for await (const { key } of this._all(prefix === undefined ? {} : { prefix })) yield key
  }

  #living(cid: string): ProviderRecord[] {
    return this.#records.of(cid).filter(({ provider, time }) => !this.#expired(time) && this.#peers.has(peerKey(provider)))
  }

  async #file(record: ProviderRecord): Promise<void> {
    const evicted = this.#records.put(record, this.#options.recordsOf(peerIdFromString(record.provider)))
    for (const { key, provider } of evicted) {
      this.#options.refused('provider-evicted')
      await this.#inner.delete(new Key(`${PROVIDERS}/${key}/${provider}`))
    }
  }

  async #remember(key: string): Promise<void> {
    this.#peers.delete(key)
    this.#peers.add(key)
    // Those who must stay count as young again; so each is looked at once.
    for (let looks = this.#peers.size; this.#peers.size > this.#options.peers && looks > 0; looks--) {
      const [oldest = key] = this.#peers
      this.#peers.delete(oldest)
      if (oldest === key || this.#mustStay(oldest)) this.#peers.add(oldest)
      else {
        this.#options.refused('peer-evicted')
        await this.#inner.delete(new Key(oldest))
      }
    }
  }

  #mustStay(key: string): boolean {
    const peer = peerIdFromCID(CID.parse(key.slice(PEERS.length)))
    return peer.equals(this.#options.self) || this.#options.isConnected(peer)
  }

  #expired(time: number): boolean {
    return Date.now() - time > this.#options.validityMs
  }

  #refusal(cause: LimitCause): Error {
    this.#options.refused(cause)
    return new Error(`not kept: ${cause}`)
  }
}

/** Takes the key of a provider record apart. */
function parsed(key: Key): { key: string, provider: string } | undefined {
  const text = key.toString()
  if (!text.startsWith(`${PROVIDERS}/`)) return undefined
  const [cid, provider, more] = text.slice(PROVIDERS.length + 1).split('/')
  return cid === undefined || provider === undefined || more !== undefined ? undefined : { key: cid, provider }
}

/** Where the peer store keeps what it knows of a peer. */
function peerKey(peer: string): string {
  return `${PEERS}${peerIdFromString(peer).toCID().toString()}`
}
