/** The network as the rest of the app sees it. */
import type { Lifetime } from '../util/abort.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { Bye, Hello, PeerKey, RoomMessage, Signal } from '../wire/message.ts'
import type { RoomKeys } from '../wire/room-key.ts'

/** A message that was unsealed with the room's key and whose sender the carrier has authenticated. */
export interface Received {
  from: PeerKey
  message: RoomMessage
}

/** The room's side of the network; every carrier and every discovery source is behind it. */
export interface RoomChannel {
  /** Tells every member that can be reached. Resolves when handed to the carriers; never rejects. */
  broadcast(message: Hello | Bye): Promise<void>
  /**
   * Sends to one member by the best carrier that is alive.
   *
   * @throws {Error} with `code: 'unreachable'` when no carrier could take it
   */
  send(to: PeerKey, message: Signal): Promise<void>
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

/** The network as the room sees it. */
export interface Network {
  readonly self: PeerKey
  /** Our dialable addresses, best first. */
  readonly addresses: ReadonlySignal<string[]>
  enter(options: EnterOptions): RoomChannel
  /** ICE servers that our relays offer; empty until the first of them has answered. */
  readonly iceServers: ReadonlySignal<RTCIceServer[]>
  /** Remembers that this peer was met in the room of this pubsub topic, with the addresses it gave. */
  remember(pubsubTopic: string, peer: PeerKey, addresses: string[]): void
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
