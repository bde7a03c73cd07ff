import type { RelayLimits } from '../config/types.ts'
import { refuseTooMuch } from './circuit-gate.ts'
import type { ProviderLimits } from './provider-records.ts'
import type { StreamPolicy } from './stream-guard.ts'

const KIB = 1_024
const MIB = 1_048_576

/** What a client may do on each protocol; a relay 32 times as much, an address block 64 times or more (`shares.ts`). */
export interface StreamPolicies {
  circuit: StreamPolicy
  dht: StreamPolicy
  identify: StreamPolicy
  identifyPush: StreamPolicy
  ping: StreamPolicy
  pubsub: StreamPolicy
}

/** The policies of a relay. */
export function streamPolicies({ circuitBytes }: Pick<RelayLimits, 'circuitBytes'>): StreamPolicies {
  return {
    circuit: {
      // A slot, and a circuit to everybody in a large room twice over; then one attempt a second.
      streams: { burst: 128, perSecond: 1 },
      // Data of circuits passes here, too; each has its own limit besides.
      bytes: { burst: Math.max(16 * MIB, 16 * circuitBytes), perSecond: circuitBytes },
      cause: 'circuit-rate',
      refuse: refuseTooMuch
    },
    // A room costs two provides and two lookups, of two or three streams each at every relay; a walk about twenty.
    dht: {
      streams: { burst: 256, perSecond: 8 },
      frames: { burst: 256, perSecond: 8 },
      bytes: { burst: 512 * KIB, perSecond: 32 * KIB },
      cause: 'dht-rate'
    },
    // Each is a signature and three writes to the disk. Addresses change when a slot comes or goes.
    identify: { streams: { burst: 32, perSecond: 1 }, cause: 'identify-rate' },
    identifyPush: { streams: { burst: 32, perSecond: 1 }, cause: 'identify-rate' },
    // 32 bytes each; libp2p's monitor sends one every 10 to 20 seconds.
    ping: { streams: { burst: 256, perSecond: 16 }, bytes: { burst: 64 * KIB, perSecond: 4 * KIB }, cause: 'ping-rate' },
    // What `pubsub-guard.ts` admits, and the same from everybody else in a room of twelve, for members hand on what they hear.
    pubsub: {
      streams: { burst: 32, perSecond: 1 },
      frames: { burst: 8_192, perSecond: 512 },
      bytes: { burst: 16 * MIB, perSecond: MIB },
      cause: 'pubsub-stream-rate',
      cutOff: true
    }
  }
}

/** Streams of any protocol, also of none: each is negotiated before anybody can say what it is for. */
export const ALL_STREAMS = { burst: 512, perSecond: 16 }
/** Streams open at a time on one connection, of all protocols. Each may hold 256 KiB that nobody has asked for. */
export const OPEN_STREAMS = 256
/** What is kept for a peer that reads slowly, bytes a stream; then the stream is reset. */
export const UNREAD_BYTES = 4 * MIB
/** Identify takes 80 KiB in all; an honest entry has about 2. */
export const PEER_BYTES = 16 * KIB
/** gossipsub remembers the score of one that has gone for so long, milliseconds; in an hour it would be very many. */
export const REMEMBER_SCORE_MS = 60_000

/** Peers remembered: all that are connected, and as many that are not. */
export function rememberedPeers({ connections }: Pick<RelayLimits, 'connections'>): number {
  return 2 * connections + 16
}

/** Provider records kept. Who looks for a key takes 20 (k of Kademlia), wherever they come from. */
export const PROVIDERS: ProviderLimits = { total: 65_536, perKey: 20, perKeyAndBlock: 12, perBlock: 12_288 }

/** Provider records of one peer: a room has one for each of two or three time buckets, and a relay follows many rooms. */
export function recordsOf(kind: 'relay' | 'client', { topics, topicsPerClient }: Pick<RelayLimits, 'topics' | 'topicsPerClient'>): number {
  return (kind === 'relay' ? 3 * topics : 3 * topicsPerClient) + 8
}
