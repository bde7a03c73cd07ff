/** What an examination finds out, line by line, and what follows from it. */
import type { ReadonlySignal } from '../../util/signals.ts'
import type { CandidatePairInfo, CaptureErrorCode, TransportPolicy } from '../views.ts'
import type { CameraProbe, MicrophoneProbe, NatKind, RelayWay } from '../ports.ts'

/** What is looked at. */
export type CheckName =
  | 'page' | 'camera' | 'microphone' | 'relay' | 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls'
  | 'udp' | 'tcp' | 'nat' | 'ipv6' | 'person'

/** One of several relays or people. */
export interface Subject {
  kind: 'relay' | 'person'
  /** From 1. */
  number: number
  /** Its host, or the person's name: nothing that belongs into a report for strangers. */
  label: string
}

export type Verdict = 'running' | 'good' | 'note' | 'bad' | 'unknown'

/** What came of a look. */
export type Result =
  | 'secure' | 'insecure' | 'no-webrtc' | 'offline'
  | CameraProbe | MicrophoneProbe
  | 'reserved' | 'reached' | 'not-a-relay' | 'forbidden' | 'no-answer' | 'none-known'
  | 'answered' | 'carried' | 'allocated' | 'refused'
  | 'open' | 'blocked' | 'unknown'
  | 'nat-none' | 'nat-easy' | 'nat-hard'
  | 'ipv6-yes' | 'ipv6-no'
  | 'direct' | 'relayed' | 'unreachable'
  | 'stopped'

export interface CheckLine {
  /** Differs from all other lines'. */
  id: string
  check: CheckName
  subject: Subject | null
  verdict: Verdict
  /** Null while it is looked at. */
  result: Result | null
  /** How long something took, or a round trip, where one was measured; milliseconds. */
  ms: number | null
}

export interface ServerObservation {
  kind: 'stun' | 'turn-udp' | 'turn-tcp' | 'turn-tls'
  outcome: 'answered' | 'carried' | 'allocated' | 'refused' | 'no-answer'
}

export interface RelayObservation {
  subject: Subject
  ways: RelayWay[]
  isRelay: boolean | null
  reserved: boolean
  /** Those that were tried; null when the relay did not name any. */
  servers: ServerObservation[] | null
}

export interface PersonObservation {
  subject: Subject
  connected: boolean
  pairs: CandidatePairInfo[]
}

/** Everything that findings are drawn from. Null: not looked at. */
export interface Observations {
  page: 'secure' | 'insecure' | 'no-webrtc'
  /** What the browser thinks of it. */
  onLine: boolean
  policy: TransportPolicy
  camera: CameraProbe | null
  microphone: MicrophoneProbe | null
  /** Muted in Parley, which is no fault. */
  mutedHere: boolean
  relays: RelayObservation[] | null
  nat: NatKind
  /** Addresses that were seen; for the detailed report only. */
  addresses: string[]
  people: PersonObservation[]
}

export type FindingCode =
  | 'page-insecure' | 'no-webrtc' | 'offline'
  | 'no-relay-known' | 'no-relay-answers' | 'relay-silent' | 'not-a-relay' | 'relay-slow' | 'not-findable'
  | 'udp-blocked' | 'udp-unanswered' | 'tcp-blocked'
  | 'turn-none' | 'turn-refused' | 'turn-unreachable' | 'turn-carries-nothing' | 'nat-hard' | 'nat-hard-alone' | 'relay-only-alone'
  | 'camera-failed' | 'camera-dark' | 'camera-unanswered'
  | 'microphone-failed' | 'microphone-silent' | 'microphone-faint' | 'microphone-unanswered' | 'muted-here'
  | 'person-unheard' | 'person-policy' | 'person-your-side' | 'person-their-side' | 'person-no-way'
  | 'person-relayed' | 'person-relayed-tcp' | 'person-slow'
  | 'all-fine'

export interface Finding {
  code: FindingCode
  severity: 'problem' | 'note' | 'fine'
  /** Where the cause is. */
  side: 'you' | 'relay' | 'them' | 'unknown' | 'nowhere'
  subject: Subject | null
  /** Why a device could not be opened. */
  error: CaptureErrorCode | null
}

/** A look at everything that a call needs. */
export interface ExaminationView {
  readonly lines: ReadonlySignal<readonly CheckLine[]>
  /** The most serious first; null until the examination is over. */
  readonly findings: ReadonlySignal<readonly Finding[] | null>
  /** Whether the person should speak now. */
  readonly listening: ReadonlySignal<boolean>
  /** How loud the microphone is meanwhile, 0..1. */
  readonly level: ReadonlySignal<number>
  /**
   * The examination as text for whoever helps. Without `detailed` it holds no address, no name and no id; `sentences` are the
   * findings in words, and must keep to that as well.
   */
  report(sentences: readonly string[], detailed: boolean): string
}
