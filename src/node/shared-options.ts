/** What browser and relay must configure alike, so that they understand each other. Each is a factory for `createLibp2p`. */
import { noise } from '@chainsafe/libp2p-noise'
import { gossipsub } from '@libp2p/gossipsub'
import type { GossipsubOpts } from '@libp2p/gossipsub'
import { kadDHT, passthroughMapper, removePrivateAddressesMapper } from '@libp2p/kad-dht'
import type { PeerInfo } from '@libp2p/interface'
import { yamux } from '@libp2p/yamux'
import { openStreamsAtOnce } from './pubsub-streams.ts'

/**
 * Most room topics one relay follows. gossipsub tells a new neighbour all of them in one frame, 67 bytes each, and the
 * neighbour drops the whole frame when it is longer than `MAX_GOSSIP_FRAME_BYTES`.
 */
export const MAX_FOLLOWED_TOPICS = 3_000
/** Longest gossipsub frame accepted, bytes: room for `MAX_FOLLOWED_TOPICS`, or for one sealed message and its signature. */
const MAX_GOSSIP_FRAME_BYTES = 262_144
/** gossipsub books about 1 KiB per topic of a peer and ignores the topics beyond this, bytes. */
const MAX_TOPIC_BYTES_PER_PEER = 4_194_304

/** Where the DHT service keeps its records in the node's datastore. */
export const DHT_DATASTORE_PREFIX = '/parley-dht'

/** Encryption of every connection that does not bring its own: Noise. */
export const connectionEncrypters = (): [ReturnType<typeof noise>] => [noise()]

/** Several streams over one connection: yamux. */
export const streamMuxers = (): [ReturnType<typeof yamux>] => [yamux()]

/**
 * The pubsub service. `overrides` are for what only one side needs, such as the relay's wide mesh.
 */
export function gossipOptions(overrides: Partial<GossipsubOpts> = {}): ReturnType<typeof gossipsub> {
  const create = gossipsub({
    allowPublishToZeroTopicPeers: true,
    ignoreDuplicatePublishError: true,
    fallbackToFloodsub: false,
    emitSelf: false,
    // The one stream per peer would sit on the relayed connection and die with it, although a direct one has come up.
    runOnLimitedConnection: false,
    maxInboundDataLength: MAX_GOSSIP_FRAME_BYTES,
    maxTopicBytesPerPeer: MAX_TOPIC_BYTES_PER_PEER,
    // Leaving a room and coming back must work at once; zero makes a fresh GRAFT acceptable right after a PRUNE.
    pruneBackoff: 0,
    unsubcribeBackoff: 0,
    // A classroom behind one address is no attack: the default starves everyone after the tenth peer of one address.
    scoreParams: { IPColocationFactorWeight: 0 },
    ...overrides
  })
  return (components) => openStreamsAtOnce(create(components))
}

/** How a node takes part in the DHT. */
export interface DhtOptions {
  /** The network's name for it, `NetworkNames.dht`. */
  protocol: string
  /** True in browsers: asks, never answers. False on relays. Never left to the library, which would guess wrong. */
  clientMode: boolean
  /** Drop private addresses from what is learned and told. False on a LAN and on one machine, where they are all there is. */
  publicOnly: boolean
  /** How often a node asks who is near itself, milliseconds. More rarely where hundreds of nodes share a process. */
  querySelfInterval?: number
}

/**
 * Keeps browsers out of a client's routing table: they are behind circuits and answer no queries, but the library would
 * dial each one that it hears of to find out. What a lookup yields does not pass through here.
 */
const directOnlyMapper = (peer: PeerInfo): PeerInfo => (
  { ...peer, multiaddrs: peer.multiaddrs.filter((address) => !address.toString().includes('/p2p-circuit')) })

/**
 * How relays ask. When 30 % of 50 relays had vanished without a word, alpha 3 and the library's timeouts (5 s, growing to
 * 60 s with each silence) let three of eight provides end in vain after ten seconds; with these none did, each took 2 s,
 * and no more messages (`npm run bench -- dht`). A dial and a request between relays take less than the first timeout.
 */
const SERVER_QUERIES = { alpha: 6, networkDialTimeout: { minTimeout: 2_000, maxTimeout: 4_000 } }

/**
 * The DHT service, on our own protocol. Provider records live half an hour and peers' addresses outlive them (set on the
 * peer store of the relay): a server answers nobody about a key once it has forgotten the addresses of one provider.
 */
export function dhtOptions({ protocol, clientMode, publicOnly, querySelfInterval = 60_000 }: DhtOptions): ReturnType<typeof kadDHT> {
  return kadDHT({
    protocol,
    datastorePrefix: DHT_DATASTORE_PREFIX,
    metricsPrefix: 'parley_dht',
    logPrefix: 'parley:dht',
    clientMode,
    peerInfoMapper: clientMode ? directOnlyMapper : publicOnly ? removePrivateAddressesMapper : passthroughMapper,
    ...(clientMode ? { alpha: 3 } : SERVER_QUERIES),
    disjointPaths: 2,
    initialQuerySelfInterval: 100,
    querySelfInterval,
    reprovide: { validity: 1_800_000, threshold: 900_000, interval: 120_000 }
  })
}
