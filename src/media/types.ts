/** Local capture and remote media as the rest of the app sees them. */
import type { Lifetime } from '../util/abort.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { ControlMessage, MediaState, SignalBody } from '../wire/message.ts'

/** Why a device or a screen could not be captured. */
export type CaptureErrorCode = 'permission-refused' | 'device-missing' | 'device-busy' | 'capture-failed' | 'capture-unsupported'

/** A local device's state. `ended` means that it was unplugged or taken away while in use. */
export type CaptureState =
  | { phase: 'off' }
  | { phase: 'starting' }
  | { phase: 'on', deviceId: string, label: string }
  | { phase: 'failed', error: CaptureErrorCode }

/** What matters about a shared screen: that small text can be read, or that what moves goes on moving. */
export type ScreenPurpose = 'text' | 'motion'

/** A device that can be chosen. */
export interface Device {
  deviceId: string
  kind: 'audioinput' | 'videoinput' | 'audiooutput'
  label: string
}

/** What is done against noise: nothing, what the browser does by itself, or our own suppression, which takes away more. */
export type NoiseChoice = 'off' | 'browser' | 'strong'

/** Backgrounds that are painted here. */
export type SceneName = 'studio' | 'dawn' | 'hills' | 'evening'

/** What is seen around the person: the room, the room out of focus, a scene, or a picture of the person's own. */
export type BackgroundChoice = 'none' | 'blur-light' | 'blur' | SceneName | 'own'

/** Why an effect does not work: its code did not arrive, it broke, or this machine is too slow for it. */
export type EffectErrorCode = 'effect-not-loaded' | 'effect-failed' | 'effect-too-slow'

/** An effect's state. `waiting`: the browser lets it run once somebody touches the page. */
export type EffectState =
  | { phase: 'off' | 'starting' | 'waiting' | 'on' }
  | { phase: 'failed', error: EffectErrorCode }

/** Which effects are wanted; remembered. */
export interface EffectSettings {
  readonly noise: ReadonlySignal<NoiseChoice>
  readonly background: ReadonlySignal<BackgroundChoice>
  setNoise(choice: NoiseChoice): void
  setBackground(choice: BackgroundChoice): void
}

/** What is done to sound and picture before they are sent. */
export interface Effects extends EffectSettings {
  readonly canSuppressNoise: boolean
  readonly canReplaceBackground: boolean
  /** While it is not on, sound is sent as it was captured. */
  readonly noiseState: ReadonlySignal<EffectState>
  /** While it is not on, no picture is sent, unless the room was in the picture before. */
  readonly backgroundState: ReadonlySignal<EffectState>
  /** Tries again what has failed. */
  retry(): void
  /** Draws a scene as large as the canvas is. Rejects when its code does not arrive. */
  paintScene(canvas: HTMLCanvasElement, name: SceneName): Promise<void>
  /** The person's own picture; null when there is none, or when the browser keeps nothing. */
  ownPicture(): Promise<Blob | null>
  /** Keeps a picture in this browser and puts it behind the person; false when it is no picture, or cannot be kept. */
  keepOwnPicture(file: Blob): Promise<boolean>
  /** Forgets the picture. Never rejects. */
  forgetOwnPicture(): Promise<void>
}

/** Local camera, microphone and screen. Every action resolves when the device has answered and never rejects: failures are states. */
export interface LocalMedia {
  readonly microphone: ReadonlySignal<CaptureState>
  readonly camera: ReadonlySignal<CaptureState>
  readonly screen: ReadonlySignal<CaptureState>
  /** The microphone is open but nothing of it is sent. */
  readonly muted: ReadonlySignal<boolean>
  /** For the self view, as others see it; null when the camera is off or its background is not ready yet. */
  readonly cameraStream: ReadonlySignal<MediaStream | null>
  readonly screenStream: ReadonlySignal<MediaStream | null>
  readonly screenPurpose: ReadonlySignal<ScreenPurpose>
  /** Loudness of the microphone, 0..1, about 15 times a second while it is open. */
  readonly level: ReadonlySignal<number>
  /** The microphone has given no sound at all since it was opened, not even the noise of a room, for ten seconds. */
  readonly missesSound: ReadonlySignal<boolean>
  /** Whether the open microphone hears speech, muted or not. */
  readonly speaking: ReadonlySignal<boolean>
  /** What we send, or would send, at the moment: told to the others. */
  readonly sending: ReadonlySignal<MediaState>
  readonly devices: ReadonlySignal<Device[]>
  readonly effects: Effects
  /** Whether this browser can share a screen at all. */
  readonly canShareScreen: boolean
  openMicrophone(deviceId?: string): Promise<void>
  closeMicrophone(): void
  setMuted(muted: boolean): void
  openCamera(deviceId?: string): Promise<void>
  closeCamera(): void
  openScreen(): Promise<void>
  closeScreen(): void
  /** Holds from now on, for the screen that is shared already too; remembered. */
  setScreenPurpose(purpose: ScreenPurpose): void
}

/** The four media sections of every connection, in the order of their m-lines. */
export type SectionName = 'microphone' | 'camera' | 'screen' | 'screenAudio'

/** What to send in each section at the moment; null where nothing is sent. Links follow these. */
export type SendTracks = Readonly<Record<SectionName, ReadonlySignal<MediaStreamTrack | null>>>

/** Local media, and the tracks that links send of it. */
export interface CapturedMedia extends LocalMedia {
  readonly tracks: SendTracks
  /** The open microphone as captured, also while it is muted. */
  readonly microphoneTrack: ReadonlySignal<MediaStreamTrack | null>
}

/** Where choices of devices are remembered; localStorage has this shape under other names. */
export interface PreferenceStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

/**
 * How media may travel: any way, the best first; through TURN servers only (`relay`), which keeps our addresses from the
 * others; or never through one (`direct`).
 */
export type TransportPolicy = RTCIceTransportPolicy | 'direct'

type CandidateType = 'host' | 'srflx' | 'prflx' | 'relay' | 'unknown'

/** Two ends between which media flows, or might. https://www.w3.org/TR/webrtc-stats/#candidatepair-dict* */
export interface CandidatePairInfo {
  local: CandidateType
  remote: CandidateType
  protocol: 'udp' | 'tcp'
  /** How we talk to our own TURN server; null where the local end is not at one. */
  relayProtocol: string | null
  /** In the W3C's words: `frozen`, `waiting`, `in-progress`, `failed`, `succeeded`. */
  state: string
  /** Whether this is the pair in use. */
  selected: boolean
  /** Latest round trip, milliseconds; null before the first. */
  rttMs: number | null
}

/** Whether our uplink carries what the call would send: all of it, less of the camera, or no camera at all for somebody. */
export type Uplink = 'ample' | 'thin' | 'paused'

/** Which way media takes between the peer and us. */
export interface LinkPath {
  /** Host of the relay (TURN server) in between, ours or else theirs, empty where the browser does not tell; null when there is none. */
  relay: string | null
  /** How packets travel: on the way to our relay, where we use one. */
  protocol: 'udp' | 'tcp' | 'tls'
  /** Latest round trip, milliseconds; null before the first. */
  roundTripMs: number | null
}

/** How well media comes through between the peer and us, in both directions. */
export type LinkQuality = 'good' | 'poor'

/** What is known about one media connection. */
export type LinkPhase = 'connecting' | 'connected' | 'interrupted' | 'closed'

/** One remote peer's media, as it arrives. A stream is null until its first frame or packet can come. */
export interface RemoteMedia {
  audio: MediaStream | null
  camera: MediaStream | null
  screen: MediaStream | null
}

/** A data channel for files, ordered and reliable; one more whenever the connection is rebuilt. */
export interface FilePort {
  readonly isOpen: ReadonlySignal<boolean>
  /** Bytes that were given to `send` and have not left. */
  readonly waitingBytes: number
  /** False when the port is not open or takes no more. */
  send(data: string | Uint8Array<ArrayBuffer>): boolean
  /** Resolves when little waits, or the port has closed, or the signal aborts. */
  drained(signal: AbortSignal): Promise<void>
  /** Calls with the `data` of each message from now on. To be called once, before the port is open. */
  listen(take: (data: unknown) => void): void
  /** Takes nothing more and says nothing more, for whoever misuses it. The connection is not touched. */
  shut(): void
}

/** One RTCPeerConnection with a remote session, and its control channel. */
export interface MediaLink {
  readonly phase: ReadonlySignal<LinkPhase>
  readonly remote: ReadonlySignal<RemoteMedia>
  /**
   * A second data channel beside the control channel, ordered and reliable, for the network's use: another one whenever the
   * connection is rebuilt, null once the link is closed. It is there before it is open.
   */
  readonly pipe: ReadonlySignal<RTCDataChannel | null>
  /** The present connection's port for files, open or not yet; null once the link is closed. */
  readonly files: ReadonlySignal<FilePort | null>
  /** Makes the first offer. Not called on the side that answers. */
  start(): void
  /** Gives it a signal of the peer; `seq` is that message's number. Serial inside; never rejects. */
  receive(seq: number, body: SignalBody): void
  /** Sends on the control channel; false when it is not open, or for a signal while the connection is interrupted. */
  send(message: ControlMessage): boolean
  /** Which way media takes; null while it is not known or there is none. */
  readonly path: ReadonlySignal<LinkPath | null>
  /** Whether the peer's microphone brings speech: begins and ends a moment late, so that it does not flicker. */
  readonly speaking: ReadonlySignal<boolean>
  readonly quality: ReadonlySignal<LinkQuality>
  /** Asks for an ICE restart. */
  restart(): void
  /** Our own network has changed or our machine has slept: what is broken, now or in the next moments, is repaired without delay. */
  hurry(): void
  /** A way to the peer has opened, or it was heard on one: what was said in vain is worth saying again. */
  prompt(): void
  /** Statistics of the present connection: the entries of a stats report, none once it is closed. */
  stats(): Promise<ReadonlyMap<string, unknown>>
  /** The ways to the peer that were tried, the one in use first. */
  candidatePairs(): Promise<CandidatePairInfo[]>
}

export interface LinkOptions extends Lifetime {
  /** Whether this side yields when both offer at once. */
  polite: boolean
  /** A running connection is given each new list; it matters from the next gathering on. */
  iceServers: ReadonlySignal<RTCIceServer[]>
  /** Whether, as far as is known, a signal can reach the peer on another way than this link's own control channel. */
  signalable: () => boolean
  /** Carries a signal to the peer; the room numbers it and picks the carrier (this link's own control channel, once open). */
  send: (body: SignalBody) => void
  /** Control messages that passed the codec. `heartbeat`, `view` and `key-frame` are handled inside the link; the rest, `signal` too, comes here. */
  onControl: (message: ControlMessage) => void
}

/** Makes a media link that sends the local tracks; ended by its signal. */
export type MakeLink = (options: LinkOptions) => MediaLink
