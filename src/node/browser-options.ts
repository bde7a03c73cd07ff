import { identify, identifyPush } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ping } from '@libp2p/ping'
import { webRTC, webRTCDirect } from '@libp2p/webrtc'
import type { NetworkNames } from '../wire/network.ts'
import { denyDial } from './addresses.ts'
import type { DialRule } from './addresses.ts'
import { boundedMuxer } from './bounded-muxer.ts'
import { calmCircuitTransport } from './circuit-transport.ts'
import { earlyPubsub } from './early-pubsub.ts'
import { memberLinks } from './members/member-links.ts'
import { pubsubFollower } from './pubsub-follower.ts'
import type { RelaySlots } from './relay-slots.ts'
import { connectionEncrypters, dhtOptions, gossipOptions, streamMuxers } from './shared-options.ts'
import { webSocketsBy } from './websocket-transport.ts'
import type { OpeningSockets } from './websocket-transport.ts'

/**
 * The mesh of a room's topic, by which messages of others are handed on; one's own go to everybody anyway. Relays are in it
 * (they see to that) and must never be put out of it, or what they bring comes late; so few members are enough.
 */
const MEMBER_MESH = { D: 4, Dlo: 3, Dhi: 64, Dout: 1, Dscore: 3 }

/** What differs from page to page. */
export interface BrowserNodeOptions {
  privateKey: PrivateKey
  names: NetworkNames
  rule: DialRule
  /** Hosts that the person has named; they may be private. Grows while the node runs. */
  approved: ReadonlySet<string>
  /** For direct libp2p connections; asked at each dial, since credentials expire and the person may change the policy. */
  rtcConfiguration: () => RTCConfiguration
  slots: RelaySlots
  sockets: OpeningSockets
}

/**
 * libp2p for a browser tab: dials relays over WebSocket, is reachable over circuits and WebRTC, asks the DHT as a client.
 */
export function browserOptions({ privateKey, names, rule, approved, rtcConfiguration, slots, sockets }: BrowserNodeOptions) {
  return {
    privateKey,
    // Two plain slots: libp2p fills each with a reservation on some connected relay. Never name a relay here: one that
    // is down would make the start fail (https://github.com/libp2p/js-libp2p/issues/3601).
    addresses: { listen: ['/p2p-circuit', '/p2p-circuit', '/webrtc'] },
    transports: [
      webSocketsBy(sockets),
      webRTC({ rtcConfiguration: async () => rtcConfiguration() }),
      // Relays are reached straight, and in Node the library would ask other people's STUN servers by default.
      webRTCDirect({ rtcConfiguration: { iceServers: [] } }),
      calmCircuitTransport(slots)
    ],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers().map(boundedMuxer),
    connectionGater: { denyDialMultiaddr: (address: Multiaddr) => denyDial(address, rule, approved) },
    // One budget covers the relay, Noise, SDP and ICE of a `/webrtc` dial; the default 6 s per address are too few.
    connectionManager: {
      // A full room, with a member link and a circuit for each of sixteen others, and again as much.
      maxConnections: 80,
      // A newcomer to a full room is dialled by everybody at once.
      maxIncomingPendingConnections: 32,
      maxParallelDials: 8,
      dialTimeout: 30_000,
      addressDialTimeout: 15_000,
      // A page that decodes a dozen videos may take its time, and a member link that fails is not tried again.
      inboundUpgradeTimeout: 60_000
    },
    // It pings everybody, and cuts healthy links of throttled tabs (https://github.com/libp2p/js-libp2p/issues/3504). The
    // keeper asks relays, and the media connection knows of its member link.
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      // The keeper's question must not fail because another is on its way.
      ping: ping({ maxOutboundStreams: 8 }),
      dht: dhtOptions({ protocol: names.dht, clientMode: true, publicOnly: false }),
      pubsub: gossipOptions(MEMBER_MESH),
      earlyPubsub: earlyPubsub(),
      pubsubFollower: pubsubFollower(),
      memberLinks: memberLinks()
    }
  }
}
