import type { Server } from 'node:http'
import { circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { identify, identifyPush } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { LevelDatastore } from 'datastore-level'
import { earlyPubsub } from '../src/node/early-pubsub.ts'
import { connectionEncrypters, dhtOptions, gossipOptions, streamMuxers } from '../src/node/shared-options.ts'
import { networkNames } from '../src/wire/network.ts'
import type { RelayConfig } from './config/types.ts'
import { webSocketsOn } from './websocket-listener.ts'

/** What a relay's libp2p node is made of. */
export interface RelayNodeInit {
  config: RelayConfig
  privateKey: PrivateKey
  /** Open; the caller closes it after the node. Undefined keeps everything in memory. */
  datastore: LevelDatastore | undefined
  /** Listening; WebSockets are accepted on it. */
  server: Server
  /** Where other relays connect by TCP; undefined for nowhere. */
  tcpPort: number | undefined
}

/**
 * Limits of relayed connections. Slots are many and short-lived, for a slot is held until it expires. One call's
 * signaling is 10 to 20 KB, so these are generous, but finite: an unlimited relayed connection counts as an ordinary
 * one, and everything else would run over it too. A client refreshes its slot 5 minutes before the end.
 */
const RESERVATIONS = {
  maxReservations: 1_500,
  reservationTtl: 900_000,
  /** Milliseconds here; the library sends the same number to clients as seconds, so no client should believe it. */
  defaultDurationLimit: 300_000,
  /** Bytes, both directions together. */
  defaultDataLimit: 1_048_576n
}
/** Visitors may share an address: a school, or everyone when a proxy stands in front. */
const CONNECTIONS = { maxConnections: 2_000, inboundConnectionThreshold: 1_000, maxIncomingPendingConnections: 200 }
/**
 * A relay hands messages to every client in the room, without waiting for a heartbeat to choose some: its mesh is as wide
 * as a large room.
 */
const WIDE_MESH = { D: 128, Dlo: 96, Dhi: 256 }
/** Peers are remembered for longer than provider records live, milliseconds; see `dhtOptions`. */
const PEER_STORE = { maxPeerAge: 86_400_000, maxAddressAge: 7_200_000 }
/** A phone that is out of reach for a moment must not be cut off; one that is gone should be noticed in a minute. */
const MONITOR = { pingInterval: 20_000, pingTimeout: { minTimeout: 15_000, maxTimeout: 30_000 } }

/** The libp2p options of a relay: WebSocket on the HTTP server, TCP, circuit relay, DHT server, pubsub. */
export function relayOptions({ config, privateKey, datastore, server, tcpPort }: RelayNodeInit) {
  return {
    privateKey,
    ...(datastore && { datastore }),
    // The port of the first is the server's own; the text only selects the transport.
    addresses: {
      listen: ['/ip4/0.0.0.0/tcp/0/ws', ...(tcpPort === undefined ? [] : [`/ip4/${tcpHost(config.host)}/tcp/${tcpPort}`])],
      announce: config.announce
    },
    transports: [webSocketsOn(server), tcp()],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    connectionManager: CONNECTIONS,
    connectionMonitor: MONITOR,
    peerStore: PEER_STORE,
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      circuitRelay: circuitRelayServer({ reservations: RESERVATIONS, maxInboundHopStreams: 64 }),
      dht: dhtOptions({ protocol: networkNames(config.network).dht, clientMode: false, publicOnly: isPublic(config) }),
      pubsub: gossipOptions(WIDE_MESH),
      earlyPubsub: earlyPubsub({ inbound: true })
    }
  }
}

/** Whether the relay is meant for the internet: it announces an address there. Then it ignores private addresses. */
export function isPublic({ announce }: Pick<RelayConfig, 'announce'>): boolean {
  return announce.some((address) => !isPrivate(multiaddr(address)))
}

function tcpHost(host: string | undefined): string {
  return host !== undefined && /^[\d.]+$/.test(host) ? host : '0.0.0.0'
}
