import { identify, identifyPush } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { ping } from '@libp2p/ping'
import { webRTC, webRTCDirect } from '@libp2p/webrtc'
import type { NetworkNames } from '../wire/network.ts'
import { denyDial } from './addresses.ts'
import type { DialRule } from './addresses.ts'
import { calmCircuitTransport } from './circuit-transport.ts'
import { earlyPubsub } from './early-pubsub.ts'
import { connectionEncrypters, dhtOptions, gossipOptions, streamMuxers } from './shared-options.ts'
import { warmWebSockets } from './websocket-transport.ts'

/** What differs from page to page. */
export interface BrowserNodeOptions {
  privateKey: PrivateKey
  names: NetworkNames
  rule: DialRule
  /** Hosts that the person has named; they may be private. Grows while the node runs. */
  approved: ReadonlySet<string>
  /** ICE servers for direct libp2p connections; asked at each dial, since credentials expire. */
  iceServers: () => RTCIceServer[]
  iceTransportPolicy: RTCIceTransportPolicy
}

/**
 * libp2p for a browser tab: dials relays over WebSocket, is reachable over circuits and WebRTC, asks the DHT as a client.
 */
export function browserOptions({ privateKey, names, rule, approved, iceServers, iceTransportPolicy }: BrowserNodeOptions) {
  return {
    privateKey,
    // Two plain slots: libp2p fills each with a reservation on some connected relay. Never name a relay here: one that
    // is down would make the start fail (https://github.com/libp2p/js-libp2p/issues/3601).
    addresses: { listen: ['/p2p-circuit', '/p2p-circuit', '/webrtc'] },
    transports: [
      warmWebSockets(),
      webRTC({ rtcConfiguration: async () => ({ iceServers: iceServers(), iceTransportPolicy }) }),
      // Relays are reached straight, and in Node the library would ask other people's STUN servers by default.
      webRTCDirect({ rtcConfiguration: { iceServers: [] } }),
      calmCircuitTransport()
    ],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    connectionGater: { denyDialMultiaddr: (address: Multiaddr) => denyDial(address, rule, approved) },
    // One budget covers the relay, Noise, SDP and ICE of a `/webrtc` dial; the default 6 s per address are too few.
    connectionManager: {
      maxConnections: 40,
      maxParallelDials: 8,
      dialTimeout: 30_000,
      addressDialTimeout: 15_000,
      inboundUpgradeTimeout: 20_000
    },
    // A ping that a throttled tab misses must not cut a healthy link (https://github.com/libp2p/js-libp2p/issues/3504).
    connectionMonitor: { pingInterval: 20_000, abortConnectionOnPingFailure: false },
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      dht: dhtOptions({ protocol: names.dht, clientMode: true, publicOnly: false }),
      pubsub: gossipOptions(),
      earlyPubsub: earlyPubsub()
    }
  }
}
