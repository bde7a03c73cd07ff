/** What peers of a room say to each other. `codec.ts` turns bytes into these and refuses everything else. */

declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** A libp2p peer id in its text form. */
export type PeerKey = Branded<string, 'PeerKey'>
/**
 * One join of one peer: milliseconds since 1970 in base 36 (9 characters), a dash, and 8 random characters.
 * Compares as text: of two sessions of one peer the greater is the newer.
 */
export type SessionId = Branded<string, 'SessionId'>

/** A normalised topic: only `parseTopic` makes one. */
export type Topic = Branded<string, 'Topic'>

/** What a person sends at the moment; shown on the others' tiles. */
export interface MediaState {
  microphone: boolean
  camera: boolean
  screen: boolean
}

/** Who is speaking, repeated in every message that can be a peer's first word. */
export interface Introduction {
  name: string
  /** Dialable multiaddrs of the sender, best first. */
  addresses: string[]
}

/** "I am here": broadcast on joining and as a slow heartbeat, or sent straight to a peer found by other means. */
export interface Hello extends Introduction {
  kind: 'hello'
  session: SessionId
  seq: number
  /** Sender's clock, milliseconds since 1970. */
  at: number
}

/** "I am leaving." */
export interface Bye {
  kind: 'bye'
  session: SessionId
  seq: number
}

/** An SDP description, in the W3C's words. Every `offer` has an id; its answer repeats it. */
export interface DescriptionBody {
  kind: 'description'
  type: 'offer' | 'answer'
  sdp: string
  /** Names the offer, so that an answer that comes too late is recognised and dropped. */
  offerId: string
  /** Candidates that were gathered when this was sent. */
  candidates: CandidateInit[]
}

/** Candidates gathered later. They belong to the description whose ICE user fragment they carry. */
export interface CandidatesBody {
  kind: 'candidates'
  candidates: CandidateInit[]
}

/** "Tear down your side and start from nothing": the sender has rebuilt its connection. */
export interface RebuildBody {
  kind: 'rebuild'
}

/** "Restart ICE": the polite side asks for an offer, since on a connection once agreed on it makes none itself. */
export interface RestartBody {
  kind: 'restart'
}

/** "Nothing of yours comes by our connection": said on the other carriers, where a path may work in one direction only. */
export interface UnheardBody {
  kind: 'unheard'
}

/** A step of setting up a connection. */
export type NegotiationBody = DescriptionBody | CandidatesBody | RebuildBody | RestartBody

export type SignalBody = NegotiationBody | UnheardBody

/** The part of RTCIceCandidateInit that we send. */
export interface CandidateInit {
  candidate: string
  sdpMid: string | null
  sdpMLineIndex: number | null
  usernameFragment: string | null
}

/** A signaling message from one session to one other. */
export interface Signal extends Introduction {
  kind: 'signal'
  session: SessionId
  /** Grows by at least one with each message of the sender's session; descriptions older than the newest are dropped. */
  seq: number
  to: PeerKey
  toSession: SessionId
  body: SignalBody
}

/** "Who is there?": asked on the room's topic by somebody who holds the key and has not joined. */
export interface Look {
  kind: 'look'
  id: string
  /** Sender's clock, milliseconds since 1970. */
  at: number
}

/** Somebody in the room, as a member names them. */
export interface Person {
  peer: PeerKey
  name: string
}

/** "We are here": the sender, and those whom it is connected with. */
export interface Here {
  kind: 'here'
  /** The id of the question. */
  look: string
  people: Person[]
}

/** What the session of a member says. */
export type SessionMessage = Hello | Bye | Signal

/** What travels in sealed envelopes over pubsub, streams and (signals only) the control channel. */
export type RoomMessage = SessionMessage | Look | Here

/** A file that its author offers, as the author describes it. */
export interface FileInfo {
  /** Cleaned: it names no folder, and nothing in it is unseen. */
  name: string
  /** Bytes. */
  size: number
  /** Media type, in lower case; empty when it is not known. */
  type: string
}

/**
 * One line of chat. `id` is unique within the room; `author` and `name` are the sender's claim when it is history. A line
 * with a `file` offers it: the text is its name then, for clients that know of no files.
 */
export interface ChatLine {
  id: string
  author: PeerKey
  name: string
  /** Sender's clock, milliseconds since 1970. */
  at: number
  text: string
  file: FileInfo | null
}

/** What can be said without words. */
export const REACTIONS = ['thumbs-up', 'heart', 'clap', 'laugh', 'surprise', 'party'] as const
export type Reaction = typeof REACTIONS[number]

/** Size at which the receiver shows a video, CSS pixels times device pixel ratio; 0 x 0 when it is not on screen. */
export interface ViewSize {
  width: number
  height: number
}

/** Who records a call, and who may be in it. */
export type RecordingMessage =
  /** Whether the sender records, and by that the question whether the receiver may be in it; `id` names the recording. */
  | { kind: 'recording', id: string, on: boolean }
  /** The sender's answer to the receiver's recording `id`. The latest counts: until it says yes, the sender is not in it. */
  | { kind: 'recording-answer', id: string, allow: boolean }

/** What travels on the control data channel of an established media connection. */
export type ControlMessage =
  | { kind: 'state', name: string, media: MediaState }
  | { kind: 'chat', line: ChatLine }
  | { kind: 'history', lines: ChatLine[] }
  | { kind: 'view', camera: ViewSize, screen: ViewSize }
  /** Whether the sender's camera is on and yet not sent, because the path to the receiver is too thin for it. */
  | { kind: 'held', camera: boolean }
  /** `hears`: whether the sender hears the receiver, who may be cut off in one direction and know nothing of it. */
  | { kind: 'heartbeat', hears: boolean }
  /** Packets of this video arrive and no picture comes of them: the receiver should send one that needs no other. */
  | { kind: 'key-frame', video: 'camera' | 'screen' }
  /** For how long the sender has had its hand up, milliseconds; null while it is down. */
  | { kind: 'hand', upForMs: number | null }
  | { kind: 'reaction', reaction: Reaction }
  | { kind: 'signal', seq: number, body: SignalBody }
  | RecordingMessage
  | { kind: 'bye' }

/**
 * What travels on the files channel. `file` is the id of the line that offered it. Receivers say `ask`, `stop`, `check` and
 * `done`, owners `data`, `sum` and `gone`.
 */
export type FileMessage =
  /** Bytes wanted. `ask` is a number that the receiver has not used before on this channel. */
  | { kind: 'ask', file: string, ask: number, at: number, bytes: number }
  /** Part of what was asked for: an ask is answered in order, by as many of these as it takes. */
  | { kind: 'data', ask: number, bytes: Uint8Array<ArrayBuffer> }
  /** The receiver wants no more for now: its asks that wait are forgotten. */
  | { kind: 'stop', file: string }
  /** The receiver wants the file's sum. */
  | { kind: 'check', file: string }
  /** SHA-256 of the SHA-256 of each block of FILE_BLOCK_BYTES, in hexadecimal digits. */
  | { kind: 'sum', file: string, sum: string }
  /** The receiver has the whole file. */
  | { kind: 'done', file: string }
  /** The owner does not offer the file, or no more. */
  | { kind: 'gone', file: string }

/** The three lines of the ring protocol: the caller asks, the called peer answers. */
export type RingMessage =
  | { kind: 'ring', name: string }
  | { kind: 'accept', topic: string, secret: string }
  | { kind: 'refuse' }

/** Why bytes were refused. */
export type RefusalCode =
  | 'too-large' | 'malformed' | 'unsealable' | 'wrong-version'
  | 'topic-empty' | 'topic-too-long' | 'topic-unprintable' | 'secret-malformed'
  | 'link-malformed' | 'link-unknown-parameter' | 'address-malformed' | 'address-not-a-peer'
  | 'code-malformed' | 'code-cut' | 'code-damaged' | 'code-version' | 'code-expired' | 'code-clock'

/** The only error that anything in `wire/` throws for bad input. */
export class Refusal extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Refusal'
    this.code = code
  }
}
