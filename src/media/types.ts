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

/** A device that can be chosen. */
export interface Device {
  deviceId: string
  kind: 'audioinput' | 'videoinput' | 'audiooutput'
  label: string
}

/** Local camera, microphone and screen. Every action resolves when the device has answered and never rejects: failures are states. */
export interface LocalMedia {
  readonly microphone: ReadonlySignal<CaptureState>
  readonly camera: ReadonlySignal<CaptureState>
  readonly screen: ReadonlySignal<CaptureState>
  /** The microphone is open but nothing of it is sent. */
  readonly muted: ReadonlySignal<boolean>
  /** For the self view; null when the camera is off. */
  readonly cameraStream: ReadonlySignal<MediaStream | null>
  readonly screenStream: ReadonlySignal<MediaStream | null>
  /** Loudness of the microphone, 0..1, about 15 times a second while it is open. */
  readonly level: ReadonlySignal<number>
  /** What we send, or would send, at the moment: told to the others. */
  readonly sending: ReadonlySignal<MediaState>
  readonly devices: ReadonlySignal<Device[]>
  /** Whether this browser can share a screen at all. */
  readonly canShareScreen: boolean
  openMicrophone(deviceId?: string): Promise<void>
  closeMicrophone(): void
  setMuted(muted: boolean): void
  openCamera(deviceId?: string): Promise<void>
  closeCamera(): void
  openScreen(): Promise<void>
  closeScreen(): void
}

/** The four media sections of every connection, in the order of their m-lines. */
export type SectionName = 'microphone' | 'camera' | 'screen' | 'screenAudio'

/** What to send in each section at the moment; null where nothing is sent. Links follow these. */
export type SendTracks = Readonly<Record<SectionName, ReadonlySignal<MediaStreamTrack | null>>>

/** Local media, and the tracks that links send of it. */
export interface CapturedMedia extends LocalMedia {
  readonly tracks: SendTracks
}

/** Where choices of devices are remembered; localStorage has this shape under other names. */
export interface PreferenceStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

/** What is known about one media connection. */
export type LinkPhase = 'connecting' | 'connected' | 'interrupted' | 'closed'

/** One remote peer's media, as it arrives. A stream is null until its first frame or packet can come. */
export interface RemoteMedia {
  audio: MediaStream | null
  camera: MediaStream | null
  screen: MediaStream | null
}

/** One RTCPeerConnection with a remote session, and its control channel. */
export interface MediaLink {
  readonly phase: ReadonlySignal<LinkPhase>
  readonly remote: ReadonlySignal<RemoteMedia>
  /** Makes the first offer. Not called on the side that answers. */
  start(): void
  /** Gives it a signal of the peer; `seq` is that message's number. Serial inside; never rejects. */
  receive(seq: number, body: SignalBody): void
  /** Sends on the control channel; false when it is not open, or for a signal while the connection is interrupted. */
  send(message: ControlMessage): boolean
  /** Asks for an ICE restart, for example after the network has changed. */
  restart(): void
}

export interface LinkOptions extends Lifetime {
  /** Whether this side yields when both offer at once. */
  polite: boolean
  /** A running connection is given each new list; it matters from the next gathering on. */
  iceServers: ReadonlySignal<RTCIceServer[]>
  /** Carries a signal to the peer; the room numbers it and picks the carrier (this link's own control channel, once open). */
  send: (body: SignalBody) => void
  /** Control messages that passed the codec. `heartbeat` and `view` are handled inside the link; the rest, `signal` too, comes here. */
  onControl: (message: ControlMessage) => void
}

/** Makes a media link that sends the local tracks; ended by its signal. */
export type MakeLink = (options: LinkOptions) => MediaLink
