/** The network as the rest of the app sees it. */
import type { Lifetime } from '../util/abort.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { Bye, Hello, Here, Look, PeerKey, RoomMessage, Signal } from '../wire/message.ts'
import type { RoomKeys } from '../wire/room-key.ts'

/** A message that was unsealed with the room's key and whose sender the carrier has authenticated. */
export interface Received {
  from: PeerKey
  message: RoomMessage
}

/** The room's side of the network; every carrier and every discovery source is behind it. */
export interface RoomChannel {
  /** Tells every member that can be reached. Resolves when handed to the carriers; never rejects. */
  broadcast(message: Hello | Bye | Here): Promise<void>
  /**
   * Sends to one member by the best carrier that is alive.
   *
   * @throws {Error} with `code: 'unreachable'` when no carrier could take it
   */
  send(to: PeerKey, message: Signal): Promise<void>
  /**
   * Runs libp2p over a data channel of the media connection with a member, so that the two of them need no relay to hear
   * each other, and others through them. Ends with `signal` or with the channel, and then closes the channel; a later channel
   * of the same member takes the place of an earlier one. Never throws: a member that does not answer is done without.
   */
  adopt(member: PeerKey, pipe: Pipe, options: AdoptOptions): void
}

/** What is needed of an RTCDataChannel that is ordered and reliable. */
export type Pipe = Pick<RTCDataChannel,
  'readyState' | 'bufferedAmount' | 'bufferedAmountLowThreshold' | 'binaryType' | 'send' | 'close' | 'addEventListener'>

export interface AdoptOptions extends Lifetime {
  /** Whether we begin; exactly one of the two does. */
  dials: boolean
}

/** What the node does on entering a room. It says `hello()` for us to peers that discovery finds. */
export interface EnterOptions extends Lifetime {
  keys: RoomKeys
  /** Makes our current hello; called for each greeting. */
  hello: () => Hello
  /** Called for every authentic message, in order of arrival, from any carrier. Duplicates are possible. */
  onMessage: (received: Received) => void
  /** Called when presence may have become audible for more peers, so that hello should be said again. */
  onAudience: () => void
  /** Multiaddrs of peers that the user pasted or that stood in the link. */
  pasted: string[]
}

/** What the node does for somebody who looks into a room from outside. */
export interface OverhearOptions extends Pick<EnterOptions, 'keys' | 'onMessage' | 'onAudience'>, Lifetime {}

/** A room listened to from outside: nothing of us is known there but what is asked. */
export interface Overheard {
  /** Asks the room; resolves whether anybody took the question. Never rejects. */
  ask(look: Look): Promise<boolean>
}

/** The network as the room sees it. */
export interface Network {
  readonly self: PeerKey
  /** Our dialable addresses, best first. */
  readonly addresses: ReadonlySignal<string[]>
  enter(options: EnterOptions): RoomChannel
  /** Listens to a room without entering it, by its pubsub topic alone. */
  overhear(options: OverhearOptions): Overheard
  /** ICE servers that our relays offer; empty until the first of them has answered. */
  readonly iceServers: ReadonlySignal<RTCIceServer[]>
  /** Remembers that this peer was met in the room of this pubsub topic, with the addresses it gave. */
  remember(pubsubTopic: string, peer: PeerKey, addresses: string[]): void
}

/** A relay that we are connected to. */
export interface RelayInfo {
  /** Where it was reached, for people: `relay.example:443`. */
  host: string
  /** Its peer id. */
  peer: string
  /** Whether it keeps a place for us, through which others can dial us. */
  reserved: boolean
  /** Round trip, milliseconds; null before it was measured. */
  rttMs: number | null
}

/** A ring that came in. Exactly one of `accept` and `refuse` is called, once. */
export interface InboundRing {
  peer: PeerKey
  name: string
  /** Tells the caller which room to join. Resolves when the words are on their way. */
  accept(topic: string, secret: string): Promise<void>
  refuse(): void
  /** Aborts when the caller has given up. */
  closed: AbortSignal
}

/** What the peer behind a rung address said; topic and secret are its claim and not yet checked. */
export type RingAnswer = { accepted: false } | { accepted: true, topic: string, secret: string }

/** Ringing peers by their multiaddr, outside any room. */
export interface RingPort {
  /**
   * Rings the peer behind the address; resolves with its answer.
   *
   * @throws {Error} with `code`: 'address-malformed', 'address-not-a-peer', 'ring-unreachable', 'ring-no-answer' or 'ring-self'
   */
  ring(address: string, name: string, signal: AbortSignal): Promise<RingAnswer>
  /** Calls `handler` whenever somebody rings us, until the lifetime ends. */
  onRing(handler: (ring: InboundRing) => void, lifetime: Lifetime): void
}

/** One STUN or TURN server of a relay's, and how it is spoken to. */
export interface OfferedServer {
  kind: 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls'
  server: RTCIceServer
}

/** One way to a relay, after it was tried. */
export interface RelayWay {
  transport: 'wss' | 'ws' | 'webrtc-direct' | 'other'
  /** `forbidden`: this page may not dial it, for example plain `ws` from a secure page. */
  outcome: 'reached' | 'no-answer' | 'forbidden'
  /** Until the connection could be used, milliseconds; null unless reached. */
  ms: number | null
  /** Round trip on it, milliseconds; null when none was measured. */
  rttMs: number | null
}

/** What is found out about one relay. */
export interface RelayProbe {
  /** Its host name or IP address; empty when no address of it can be read. */
  host: string
  ways: RelayWay[]
  /** Whether what answered there is a relay; null when nothing answered. */
  isRelay: boolean | null
  /** Whether others can reach us through it at this moment. */
  reserved: boolean
  /** Its STUN and TURN servers; null when it did not say. */
  servers: OfferedServer[] | null
}
