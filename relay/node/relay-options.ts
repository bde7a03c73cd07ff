import type { AddressInfo } from 'node:net'
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { identify, identifyPush } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import type { LevelDatastore } from 'datastore-level'
import { earlyPubsub } from '../../src/node/early-pubsub.ts'
import { pubsubFollower } from '../../src/node/pubsub-follower.ts'
import { connectionEncrypters, dhtOptions, gossipOptions } from '../../src/node/shared-options.ts'
import { networkNames } from '../../src/wire/network.ts'
import { announcement, isPublic } from '../config/announce.ts'
import type { RelayConfig, RelayLimits } from '../config/types.ts'
import { connectionList } from './connection-list.ts'
import { denyPrivateDials } from '../federation/dial-gate.ts'
import { boundedMuxer } from '../front/bounded-muxer.ts'
import { denyCrowds } from '../front/crowds.ts'
import type { Front } from '../front/front.ts'
import { MAX_PUBSUB_BYTES } from '../front/slow-readers.ts'
import { keepsAddress } from '../limits/address-filter.ts'
import { CIRCUITS_PER_PEER } from '../limits/circuit-gate.ts'
import { NodeLimits } from '../limits/node-limits.ts'
import { quietUnlessDebugging } from './quiet-logger.ts'
import { closedWhile } from '../services/drain.ts'
import { announceAddresses, listenAddresses, localAddresses } from '../webrtc-direct/addresses.ts'
import type { DirectCertificate } from '../webrtc-direct/certificate.ts'
import { webRtcDirectWith } from '../webrtc-direct/transport.ts'
import { webSocketsOn } from '../front/websocket-listener.ts'

/** What a relay's libp2p node is made of. */
export interface RelayNodeInit {
  config: RelayConfig
  privateKey: PrivateKey
  /** Open; the caller closes it after the node. Undefined keeps everything in memory. */
  datastore: LevelDatastore | undefined
  /** Listening; WebSockets are accepted on it. */
  front: Front
  /** Where other relays connect by TCP; undefined for nowhere. */
  tcpPort: number | undefined
  /** Where browsers connect by webrtc-direct; undefined for nowhere. */
  direct?: { port: number, certificate: DirectCertificate } | undefined
  /** Whether nobody new is let in any more. */
  isDraining?: () => boolean
}

/** A slot is held until it expires, milliseconds; a client refreshes it 5 minutes before the end. */
const RESERVATION_TTL_MS = 900_000
/** A handshake that takes longer is none, milliseconds. A page opens its WebSocket before it has loaded what speaks on it. */
const HANDSHAKE_MS = 15_000
/**
 * A relay hands messages to every client in the room, without waiting for a heartbeat to choose some: its mesh is as wide
 * as a large room.
 */
const WIDE_MESH = { D: 128, Dlo: 96, Dhi: 256 }
/** Peers are remembered for longer than provider records live, milliseconds; see `dhtOptions`. */
const PEER_STORE = { maxPeerAge: 86_400_000, maxAddressAge: 7_200_000, addressFilter: keepsAddress }

/** The libp2p options of a relay: WebSocket on the HTTP server, TCP, circuit relay, DHT server, pubsub. */
export function relayOptions({ config, privateKey, datastore, front, tcpPort, direct, isDraining = () => false }: RelayNodeInit) {
  const limits = new NodeLimits(config, peerIdFromPrivateKey(privateKey), datastore)
  return {
    privateKey,
    datastore: limits.datastore,
    // The port of the first is the server's own; the text only selects the transport.
    addresses: {
      listen: ['/ip4/0.0.0.0/tcp/0/ws', ...(tcpPort === undefined ? [] : [`/ip4/${tcpHost(config.host)}/tcp/${tcpPort}`]),
        ...(direct === undefined ? [] : listenAddresses(config.host, direct.port))],
      ...announcement(config, {
        port: (front.address() as AddressInfo).port, tcpPort, direct: direct === undefined ? [] : announceAddresses(config, direct.port), interfaces: localAddresses()
      })
    },
    transports: [webSocketsOn(front), tcp(), ...(direct === undefined ? [] : [webRtcDirectWith(direct.certificate)])],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: limits.streamMuxers.map((muxer) => boundedMuxer(muxer, front.refusals)),
    connectionGater: closedWhile(isDraining, { ...limits.connectionGater, ...denyCrowds(front), denyDialMultiaddr: denyPrivateDials({ publicOnly: isPublic(config), approved: config.bootstrap }) }),
    connectionManager: connectionLimits(config.limits),
    // A ping of libp2p's is a stream of its own; `websocket-connection.ts` and `connection-pings.ts` do it for less.
    connectionMonitor: { enabled: false },
    ...quietUnlessDebugging(),
    peerStore: PEER_STORE,
    services: {
      connectionList,
      limits: limits.service,
      identify: limits.identify(identify()),
      identifyPush: limits.identifyPush(identifyPush()),
      ping: limits.ping(ping()),
      circuitRelay: limits.circuitRelay(circuitRelayServer({ reservations: slots(config.limits), maxInboundHopStreams: CIRCUITS_PER_PEER })),
      dht: limits.dht(dhtOptions({ protocol: networkNames(config.network).dht, clientMode: false, publicOnly: isPublic(config) })),
      pubsub: limits.pubsub(gossipOptions({ ...WIDE_MESH, ...limits.gossipOptions, maxOutboundBufferSize: MAX_PUBSUB_BYTES })),
      earlyPubsub: earlyPubsub({ inbound: true }),
      pubsubFollower: pubsubFollower()
    }
  }
}

/**
 * Slots and what may cross a relayed connection: generous, but finite. An unlimited relayed connection counts as an ordinary
 * one, and everything else would run over it, too.
 */
function slots({ reservations, circuitMs, circuitBytes }: RelayLimits) {
  return {
    maxReservations: reservations,
    reservationTtl: RESERVATION_TTL_MS,
    // Milliseconds here; the library sends the same number to clients as seconds, so no client should believe it.
    defaultDurationLimit: circuitMs,
    defaultDataLimit: BigInt(circuitBytes)
  }
}

function connectionLimits({ connections }: RelayLimits) {
  return {
    maxConnections: connections,
    // `Admission` has counted them before, by address and also how fast they come: one of libp2p's limits would be hit by
    // a crowd behind one address, the other be for one address to use up.
    inboundConnectionThreshold: Number.MAX_SAFE_INTEGER,
    maxIncomingPendingConnections: connections,
    inboundUpgradeTimeout: HANDSHAKE_MS
  }
}

function tcpHost(host: string | undefined): string {
  return host !== undefined && /^[\d.]+$/.test(host) ? host : '0.0.0.0'
}
