/** What the user interface is given. Elements see these and nothing below them. */
import type { CandidatePairInfo, CaptureErrorCode, LinkPath, LinkQuality, LocalMedia, TransportPolicy, Uplink } from '../media/types.ts'
import type { RecorderView } from '../media/recording/types.ts'
import type { PersonStatistics } from '../media/statistics/types.ts'
import type { RelayProbe } from '../node/types.ts'
import type { Lifetime } from '../util/abort.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { ChatLine, MediaState, PeerKey, Reaction, ViewSize } from '../wire/message.ts'
import type { ProgramView, RecentView } from './device-views.ts'
import type { ExaminationView } from './doctor/types.ts'
import type { FilesView } from './files/types.ts'
import type { GesturesView } from './gestures/types.ts'
import type { RecordingView } from './recording/types.ts'
import type { CallSummary } from './summary/types.ts'

export type { CandidatePairInfo, CaptureErrorCode, CaptureState, Device, LinkPath, LinkQuality, LocalMedia, ScreenPurpose, TransportPolicy, Uplink } from '../media/types.ts'
export type { FlowStatistics, LinkStatistics, PersonStatistics } from '../media/statistics/types.ts'
export type { RecorderView, RecordingErrorCode, RecordingKind, StoredRecording } from '../media/recording/types.ts'
export type { ProgramView, RecentRoom, RecentView } from './device-views.ts'
export type { ChatLine, MediaState, PeerKey, Reaction, ViewSize }
export type { BackgroundChoice, EffectErrorCode, Effects, EffectState, NoiseChoice, SceneName } from '../media/types.ts'
export type { FileFailure, FileInfo, FileReceiver, FileState, FilesView } from './files/types.ts'
export type { CheckLine, CheckName, ExaminationView, Finding, FindingCode, Result, Subject, Verdict } from './doctor/types.ts'
export type { GesturesView, ReactionShown } from './gestures/types.ts'
export type { CallSummary } from './summary/types.ts'
export type { OthersRecording, OwnRecording, RecordingAnswer, RecordingView } from './recording/types.ts'

/** Why something did not work; every code has a sentence in `ui/strings.ts`. */
export type ErrorCode =
  | 'topic-empty' | 'topic-too-long' | 'topic-unprintable'
  | 'link-malformed' | 'link-unknown-parameter' | 'address-malformed' | 'address-not-a-peer'
  | 'secret-malformed'
  | CaptureErrorCode
  | 'relay-unreachable' | 'not-a-relay' | 'no-relay'
  | 'ring-refused' | 'ring-unreachable' | 'ring-no-answer' | 'ring-self'
  | 'copy-failed' | 'network-failed' | 'page-insecure'
  | CodeErrorCode

/** Why a code could not be made or used. */
export type CodeErrorCode =
  | 'code-malformed' | 'code-cut' | 'code-damaged' | 'code-version' | 'code-expired' | 'code-clock'
  | 'code-own' | 'code-used' | 'code-unknown' | 'code-ended' | 'code-not-invitation' | 'code-not-reply'
  | 'code-no-way' | 'code-unreached' | 'code-failed'

export interface ParticipantState {
  name: string
  /**
   * `unreachable`: the person is in the room, and between the two of us nothing gets through. `away`: out of reach for so
   * long that the tile was taken off the list; the person may come back to it.
   */
  connection: 'connecting' | 'connected' | 'reconnecting' | 'unreachable' | 'away'
  /** Which way sound and picture take; null while none do. */
  path: LinkPath | null
  media: MediaState
  /** The camera is on, and paused because the path between us is too thin for it. */
  cameraHeld: boolean
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
  /** Whether this person speaks. Apart from `state`, so that it redraws a ring and not a tile. */
  readonly speaking: ReadonlySignal<boolean>
  /** How well this person and we see and hear each other, while connected. */
  readonly quality: ReadonlySignal<LinkQuality>
  /** Tells the peer at which size its videos are shown here, so that it sends no more than that. */
  showAt(camera: ViewSize, screen: ViewSize): void
  /** The ways to this person that were tried, the one in use first. */
  candidatePairs(): Promise<CandidatePairInfo[]>
  /** What the browser counts about the present connection, entry by entry; none once it is closed. */
  stats(): Promise<Iterable<unknown>>
}

/** What of the network answers: nothing is there at all (`offline`), no relay does, or at least one does. */
export type Reach = 'offline' | 'no-relay' | 'relay'

/** Nobody in the room can be reached: nobody sees or hears us, and we see and hear nobody. */
export interface Outage {
  /** When the last connection broke, milliseconds since 1970. */
  since: number
  reach: Reach
}

/** Where we are. */
export type RoomState =
  | { phase: 'lobby' }
  | { phase: 'joining', topic: string, isPrivate: boolean }
  | { phase: 'joined', topic: string, isPrivate: boolean, link: string }

/** The names of those who are in a room that we have not entered; null when that cannot be told. */
export type Sighting = readonly string[] | null

export interface RoomView {
  readonly state: ReadonlySignal<RoomState>
  /** In order of arrival; a rejoining person keeps the place. */
  readonly participants: ReadonlySignal<readonly ParticipantView[]>
  readonly chat: ReadonlySignal<readonly ChatLine[]>
  /** Files that lines of the chat offer. */
  readonly files: FilesView
  /** Null unless everybody we were connected with is out of reach; they are tried again and again. */
  readonly outage: ReadonlySignal<Outage | null>
  readonly self: PeerKey
  /** Who records this call, and who may be in it. */
  readonly recording: RecordingView
  readonly gestures: GesturesView
  /** Derives the room's keys ahead, while the person is still typing; says nothing of what is wrong with the text. */
  prepare(topic: string, secret: string): void
  /**
   * Joins, after leaving the room we are in; resolves null when joined, or left again meanwhile, or with the reason why not.
   * `secret` is 22 characters base64url, or empty. What is malformed changes nothing.
   */
  join(topic: string, secret: string): Promise<ErrorCode | null>
  /** Looks who is in a room, without entering it and without being seen there as a member, until the lifetime ends. */
  look(topic: string, secret: string, lifetime: Lifetime): ReadonlySignal<Sighting>
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
  /** Tries every way to every relay that we know, and tells of each; resolves when all are told. */
  probeRelays(onRelay: (probe: RelayProbe) => void, lifetime: Lifetime): Promise<void>
  /** Whether our connection carries what the call would send. */
  readonly uplink: ReadonlySignal<Uplink>
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

/** A code of ours, to be handed to one other person. Nothing else can be done with it here than waiting or discarding it. */
export interface HandedCode {
  kind: 'invitation' | 'reply'
  /** The code itself. */
  text: string
  /** The same as a link that opens the app with it. */
  link: string
  /** By our clock, milliseconds since 1970. */
  expiresAt: number
  /** `connecting` from the reply on. What is `connected`, `expired` or `ended` stays so. */
  readonly phase: ReadonlySignal<'waiting' | 'connecting' | 'connected' | 'expired' | 'ended'>
  /** Closes what waits behind the code. */
  discard(): void
}

/** What a code of somebody else says of itself; its signature has been checked, its name is a claim. */
export interface ReadCode {
  kind: 'invitation' | 'reply'
  name: string
  peer: PeerKey
  /** The call that an invitation leads into; empty for a reply. */
  topic: string
  isPrivate: boolean
}

/** Connecting two people without any relay: they hand each other an invitation and a reply, by whatever means they have. */
export interface CodesView {
  /** Makes an invitation into the call we are in; in the lobby a new private one, which it joins. Takes up to some seconds. */
  invite(): Promise<HandedCode | ErrorCode>
  /** Looks at what was pasted, scanned or opened, and does nothing else. */
  read(text: string): Promise<ReadCode | ErrorCode>
  /** Enters the call of an invitation, leaving another, and makes the reply. Takes up to some seconds. */
  answer(text: string): Promise<HandedCode | ErrorCode>
  /** Takes the reply to one of our invitations; resolves null once the two are connected. Takes up to half a minute. */
  complete(text: string): Promise<ErrorCode | null>
}

/** How a person likes to see a call. */
export interface StageChoice {
  /** `automatic` shows screens large and otherwise everybody alike; `speaker` whoever speaks. */
  view: 'automatic' | 'grid' | 'speaker'
  /** Our own picture: where the view puts it, in a corner of the stage, or nowhere. */
  ownPicture: 'placed' | 'floating' | 'hidden'
  corner: Corner
}

/** A corner of the stage, in the direction of writing. */
export type Corner = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end'

/** What a person chose and the browser remembers. */
export interface SettingsView {
  readonly name: ReadonlySignal<string>
  setName(name: string): void
  /** How sound and picture may travel; a change holds from now on, in running calls too. */
  readonly transportPolicy: ReadonlySignal<TransportPolicy>
  setTransportPolicy(policy: TransportPolicy): void
  readonly stage: ReadonlySignal<StageChoice>
  /** Changes some of it. */
  setStage(changes: Partial<StageChoice>): void
  /** Whether single keys do something in a call. */
  readonly shortcuts: ReadonlySignal<boolean>
  setShortcuts(on: boolean): void
  /** Device id of the loudspeaker that plays the others; empty for the system's own choice. */
  readonly speaker: ReadonlySignal<string>
  setSpeaker(deviceId: string): void
  /** Tag of the language that the person chose to read; empty for the browser's. */
  readonly language: ReadonlySignal<string>
  setLanguage(tag: string): void
}

/** What the address bar asked for when the page was opened, after checking. */
export interface LinkRequest {
  topic: string
  secret: string
  /** A code to answer; empty when there is none. */
  code: string
  /** Join without waiting for the button. */
  joinNow: boolean
  /** What was wrong with the link; the lobby opens all the same. */
  error: ErrorCode | null
}

/** Everything that the interface sees. `room`, `network` and `ring` come once the call code has loaded. */
export interface Parley {
  readonly settings: SettingsView
  readonly recent: RecentView
  readonly program: ProgramView
  /** The page was opened to start a new call. */
  readonly opensNewCall: boolean
  readonly local: LocalMedia
  readonly link: ReadonlySignal<LinkRequest>
  readonly call: ReadonlySignal<CallViews | null>
  /** Why there will be no `call` on this page; null as long as there may be. */
  readonly failure: ReadonlySignal<ErrorCode | null>
  /** Looks for what is wrong with devices, network and connections, until the lifetime ends. Its code is loaded when asked for. */
  examine(lifetime: Lifetime): Promise<ExaminationView>
  /** Makes a room name and a secret for "New call", and the link to it. */
  newCall(): NewCall
}

export interface NewCall {
  topic: string
  secret: string
  link: string
}

export interface CallViews {
  readonly room: RoomView
  readonly network: NetworkView
  readonly ring: RingView
  readonly codes: CodesView
  /** The last call, from its end until the next begins; null when there was none, or nobody in it. Nothing of it is kept. */
  readonly summary: ReadonlySignal<CallSummary | null>
  /** Records, and keeps what was recorded; its code is loaded when asked for. Rejects when it cannot be. */
  recorder(): Promise<RecorderView>
  /** Reads everybody's connection once a second until the lifetime ends; its code is loaded when asked for. Rejects when it cannot be. */
  statistics(lifetime: Lifetime): Promise<ReadonlySignal<readonly PersonStatistics<PeerKey>[]>>
}
