/** What the user interface is given. Elements see these and nothing below them. */
import type { CaptureErrorCode, LocalMedia } from '../media/types.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { ChatLine, MediaState, PeerKey, ViewSize } from '../wire/message.ts'

export type { CaptureErrorCode, CaptureState, Device, LocalMedia } from '../media/types.ts'
export type { ChatLine, MediaState, PeerKey, ViewSize }

/** Why something did not work; every code has a sentence in `ui/strings.ts`. */
export type ErrorCode =
  | 'topic-empty' | 'topic-too-long' | 'topic-unprintable'
  | 'link-malformed' | 'link-unknown-parameter' | 'address-malformed' | 'address-not-a-peer'
  | 'secret-malformed'
  | CaptureErrorCode
  | 'relay-unreachable' | 'not-a-relay' | 'no-relay'
  | 'ring-refused' | 'ring-unreachable' | 'ring-no-answer' | 'ring-self'
  | 'copy-failed' | 'network-failed' | 'page-insecure'

export interface ParticipantState {
  name: string
  connection: 'connecting' | 'connected' | 'reconnecting'
  media: MediaState
  /** Microphone; to be played by an audio element. */
  audio: MediaStream | null
  camera: MediaStream | null
  /** Screen share with its sound, if any. */
  screen: MediaStream | null
}

/** One other person in the room. */
export interface ParticipantView {
  readonly peer: PeerKey
  readonly state: ReadonlySignal<ParticipantState>
  /** Tells the peer at which size its videos are shown here, so that it sends no more than that. */
  showAt(camera: ViewSize, screen: ViewSize): void
}

/** Where we are. */
export type RoomState =
  | { phase: 'lobby' }
  | { phase: 'joining', topic: string, isPrivate: boolean }
  | { phase: 'joined', topic: string, isPrivate: boolean, link: string }

export interface RoomView {
  readonly state: ReadonlySignal<RoomState>
  /** In order of arrival; a rejoining person keeps the place. */
  readonly participants: ReadonlySignal<readonly ParticipantView[]>
  readonly chat: ReadonlySignal<readonly ChatLine[]>
  readonly self: PeerKey
  /** Derives the room's keys ahead, while the person is still typing; says nothing of what is wrong with the text. */
  prepare(topic: string, secret: string): void
  /**
   * Joins, after leaving the room we are in; resolves null when joined, or left again meanwhile, or with the reason why not.
   * `secret` is 22 characters base64url, or empty. What is malformed changes nothing.
   */
  join(topic: string, secret: string): Promise<ErrorCode | null>
  /** Says goodbye and closes everything that the join opened. */
  leave(): Promise<void>
  /** Sends a chat line; false when it is empty or over-long. */
  say(text: string): boolean
}

/** How we stand with the network. */
export interface NetworkView {
  readonly status: ReadonlySignal<'starting' | 'connecting' | 'online' | 'offline'>
  /** Relays that are connected now. */
  readonly relays: ReadonlySignal<number>
  /** Why the last relay that was tried did not work; null when one is connected. */
  readonly problem: ReadonlySignal<ErrorCode | null>
  /** Our dialable multiaddrs, best first; empty until a relay has given us one. */
  readonly addresses: ReadonlySignal<string[]>
}

/** Somebody calls us by our multiaddr. */
export interface IncomingRing {
  name: string
  peer: PeerKey
  /** Puts both into a fresh private room. */
  accept(): Promise<void>
  refuse(): void
}

export interface RingView {
  readonly incoming: ReadonlySignal<IncomingRing | null>
  /** Whether an outgoing ring waits for its answer. */
  readonly outgoing: ReadonlySignal<boolean>
  /** Rings the peer behind a pasted multiaddr; on acceptance both join. Resolves null then, or with the reason. */
  ring(address: string): Promise<ErrorCode | null>
  cancel(): void
}

/** What a person chose and the browser remembers. */
export interface SettingsView {
  readonly name: ReadonlySignal<string>
  setName(name: string): void
}

/** What the address bar asked for when the page was opened, after checking. */
export interface LinkRequest {
  topic: string
  secret: string
  /** Join without waiting for the button. */
  joinNow: boolean
  /** What was wrong with the link; the lobby opens all the same. */
  error: ErrorCode | null
}

/** Everything that the interface sees. `room`, `network` and `ring` come once the call code has loaded. */
export interface Parley {
  readonly settings: SettingsView
  readonly local: LocalMedia
  readonly link: ReadonlySignal<LinkRequest>
  readonly call: ReadonlySignal<CallViews | null>
  /** Why there will be no `call` on this page; null as long as there may be. */
  readonly failure: ReadonlySignal<ErrorCode | null>
  /** Makes a room name and a secret for "New call". */
  newCall(): { topic: string, secret: string }
}

export interface CallViews {
  readonly room: RoomView
  readonly network: NetworkView
  readonly ring: RingView
}
