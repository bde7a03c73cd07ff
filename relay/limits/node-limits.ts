import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { GossipSub, GossipsubOpts } from '@libp2p/gossipsub'
import type { Connection, ConnectionGater, PeerId } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { yamux } from '@libp2p/yamux'
import { MemoryDatastore } from 'datastore-core'
import type { Datastore } from 'interface-datastore'
import { networkNames } from '../../src/wire/network.ts'
import type { RelayConfig } from '../config/types.ts'
import { Tally } from '../tally.ts'
import type { FollowOptions } from '../rooms/topic-following.ts'
import { BoundedDatastore } from './bounded-datastore.ts'
import type { LimitCause } from './causes.ts'
import { CircuitGate } from './circuit-gate.ts'
import { Neighbours } from './neighbours.ts'
import type { NeighbourComponents } from './neighbours.ts'
import { Offenders } from './offenders.ts'
import {
  ALL_STREAMS, OPEN_STREAMS, PEER_BYTES, PROVIDERS, recordsOf, rememberedPeers, REMEMBER_SCORE_MS, streamPolicies, UNREAD_BYTES
} from './policies.ts'
import type { StreamPolicies } from './policies.ts'
import { FRAME_LIMITS, PubsubGuard } from './pubsub-guard.ts'
import { FairShares, sharesOf } from './shares.ts'
import { guarded } from './stream-guard.ts'

/** Life of a provider record, milliseconds, as `dhtOptions` tells the DHT. */
const RECORD_LIFE_MS = 1_800_000

type Factory<S> = <C extends { registrar: Registrar }, T extends S>(factory: (components: C) => T) => (components: C) => T

/** What others read of the limits while the relay runs: `libp2p.services.limits`. */
export interface LimitsService {
  /** What was refused, by cause. */
  readonly tally: Tally<LimitCause>
  /** Provider records and remembered peers that are kept now. */
  readonly sizes: { readonly records: number, readonly peers: number }
  /** What following topics is told: whom to hear, and where to count what is not followed. */
  readonly following: Pick<FollowOptions, 'admitAuthor' | 'onRefused'>
}

/** All limits of one relay's node: made before it, put around its services, and told of them as they are made. */
export class NodeLimits {
  readonly #config: Pick<RelayConfig, 'limits' | 'network'>
  readonly #tally = new Tally<LimitCause>()
  readonly #neighbours: Neighbours
  readonly #offenders: Offenders
  readonly #circuits: CircuitGate
  readonly #pubsub: PubsubGuard
  readonly #policies: StreamPolicies
  readonly #streams: FairShares
  readonly #datastore: BoundedDatastore

  /** `inner` keeps the records; memory when undefined. `self` is the relay. */
  constructor(config: Pick<RelayConfig, 'limits' | 'network'>, self: PeerId, inner: Datastore = new MemoryDatastore()) {
    const { limits, network } = config
    const names = networkNames(network)
    this.#config = config
    this.#policies = streamPolicies(limits)
    this.#neighbours = new Neighbours(names)
    this.#offenders = new Offenders(this.#neighbours, this.#tally)
    this.#streams = new FairShares(sharesOf(ALL_STREAMS, limits.connectionsPerAddress))
    const context = { neighbours: this.#neighbours, offenders: this.#offenders }
    this.#circuits = new CircuitGate({ ...context, limits })
    this.#pubsub = new PubsubGuard({ ...context, ...limits, roomTopic: new RegExp(`^${names.topicPrefix}[a-z2-7]{52}$`) })
    this.#datastore = this.#bound(inner, self)
  }

  /** Records and peers within bounds. */
  get datastore(): Datastore {
    return this.#datastore
  }

  /** Who gets a slot, and who may connect to whom. */
  get connectionGater(): ConnectionGater {
    return this.#circuits.gater
  }

  /** yamux with fewer open streams, none of which keeps what nobody reads. */
  get streamMuxers(): [ReturnType<typeof yamux>] {
    return [yamux({ maxInboundStreams: OPEN_STREAMS, streamOptions: { maxWriteBufferLength: UNREAD_BYTES } })]
  }

  /** What gossipsub can be told itself. */
  get gossipOptions(): Partial<GossipsubOpts> {
    return {
      decodeRpcLimits: FRAME_LIMITS,
      maxOutboundBufferSize: UNREAD_BYTES,
      scoreParams: { IPColocationFactorWeight: 0, retainScore: REMEMBER_SCORE_MS }
    }
  }

  readonly circuitRelay: Factory<CircuitRelayService> = (factory) => (
    this.#guard('circuit', withResult(factory, (service) => this.#circuits.attach(service))))

  readonly pubsub: Factory<GossipSub> = (factory) => (
    this.#guard('pubsub', withResult(factory, (service) => this.#pubsub.attach(service))))

  readonly dht: Factory<object> = (factory) => this.#guard('dht', factory)

  readonly identify: Factory<object> = (factory) => this.#guard('identify', factory)

  readonly identifyPush: Factory<object> = (factory) => this.#guard('identifyPush', factory)

  readonly ping: Factory<object> = (factory) => this.#guard('ping', factory)

  /** The service that watches who is connected. */
  readonly service = (components: NeighbourComponents): LimitsService => {
    const { events } = components
    this.#neighbours.attach(components)
    events.addEventListener('connection:open', ({ detail }) => this.#countStreams(detail))
    events.addEventListener('peer:disconnect', ({ detail }) => this.#pubsub.forget(detail))
    const datastore = this.#datastore
    return {
      tally: this.#tally,
      get sizes() { return datastore.sizes },
      following: {
        admitAuthor: (message) => this.#pubsub.admitAuthor(message),
        onRefused: () => this.#tally.add('topic-limit')
      }
    }
  }

  #guard<C extends { registrar: Registrar }, S>(name: keyof StreamPolicies, factory: (components: C) => S): (components: C) => S {
    return guarded(factory, this.#policies[name], {
      neighbours: this.#neighbours, offenders: this.#offenders, connectionsPerAddress: this.#config.limits.connectionsPerAddress
    })
  }

  #countStreams(connection: Connection): void {
    // Streams without a protocol never reach a handler; only the muxer tells of them, which is not in the typed surface.
    const { muxer } = connection as unknown as { muxer?: EventTarget }
    muxer?.addEventListener('stream', () => {
      if (this.#streams.spend(this.#neighbours.of(connection.remotePeer), 1)) return
      this.#tally.add('stream-rate')
      this.#offenders.cutOff(connection.remotePeer)
    })
  }

  #bound(inner: Datastore, self: PeerId): BoundedDatastore {
    const { limits } = this.#config
    return new BoundedDatastore(inner, {
      self,
      providers: PROVIDERS,
      recordsOf: (provider) => recordsOf(this.#neighbours.of(provider).kind === 'relay' ? 'relay' : 'client', limits),
      blockOf: (provider) => this.#neighbours.of(provider).block,
      validityMs: RECORD_LIFE_MS,
      peers: rememberedPeers(limits),
      peerBytes: PEER_BYTES,
      isConnected: (peer) => this.#neighbours.isConnected(peer),
      refused: (cause) => this.#tally.add(cause)
    })
  }
}

function withResult<C, S>(factory: (components: C) => S, tell: (service: S) => void): (components: C) => S {
  return (components) => {
    const service = factory(components)
    tell(service)
    return service
  }
}
