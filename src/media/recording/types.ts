/** Recordings on one's own disk as the rest of the app sees them. */
import type { Lifetime } from '../../util/abort.ts'
import type { ReadonlySignal } from '../../util/signals.ts'

/** One file with everybody in it, or a file for each person. */
export type RecordingKind = 'mixed' | 'separate'

/** Why nothing could be recorded or done with what was, or why a recording ended by itself: what was written until then is kept. */
export type RecordingErrorCode =
  | 'recording-unsupported' | 'recording-refused' | 'recording-disk-full' | 'recording-failed' | 'recording-not-saved' | 'recording-not-deleted'

/** What may be in a recording of one person. A stream is null where the person does not send it, or must not be in it. */
export interface RecordedPerson {
  /** Names the person through the whole recording. */
  key: string
  name: string
  /** Up to two letters, and the colour in degrees, of the card that stands in for a picture. */
  initials: string
  hue: number
  microphone: MediaStreamTrack | null
  camera: MediaStreamTrack | null
  screen: MediaStreamTrack | null
  screenAudio: MediaStreamTrack | null
}

/** One file of a recording. */
export interface RecordedFile {
  name: string
  /** Whose it is; empty where it is everybody's. */
  person: string
  /** From the recording's beginning to the file's, milliseconds. */
  startMs: number
}

/** What is written beside the files, as JSON. */
export interface RecordingAbout {
  id: string
  topic: string
  kind: RecordingKind
  /** Milliseconds since 1970. */
  startedAt: number
  /** Null while it goes on, and where it was cut off. */
  endedAt: number | null
  files: RecordedFile[]
}

/** A recording that lies in this browser. */
export interface StoredRecording extends RecordingAbout {
  /** `running`: in this tab or another. `cut`: a crash or a closed tab ended it; it is mended before it is saved. */
  state: 'running' | 'finished' | 'cut'
  bytes: number
}

/** One recording under way. */
export interface RunningRecording {
  /** Bytes written so far. */
  readonly bytes: ReadonlySignal<number>
  /** Why it ended by itself; null while it goes on, or when it was stopped. */
  readonly failure: ReadonlySignal<RecordingErrorCode | null>
  /** Writes what is left and closes the files. Idempotent. */
  stop(): Promise<void>
}

export interface StartOptions extends Lifetime {
  id: string
  topic: string
  kind: RecordingKind
  /** Who is in it, ourselves first; followed as long as it goes on. */
  people: ReadonlySignal<readonly RecordedPerson[]>
}

/** Records, and looks after what was recorded. Nothing of it rejects. */
export interface RecorderView {
  /** Our recording, and bytes written so far; null while there is none. */
  readonly running: ReadonlySignal<{ bytes: number } | null>
  /** Why the last one ended by itself; null when it did not. */
  readonly failure: ReadonlySignal<RecordingErrorCode | null>
  /** What lies in this browser, the newest first; empty until `refresh`. */
  readonly stored: ReadonlySignal<readonly StoredRecording[]>
  /** Bytes that there is room for; null until `refresh`, and where the browser does not tell. */
  readonly room: ReadonlySignal<number | null>
  /** Asks everybody and begins; resolves null then, or with the reason why not. To be called from a click. */
  start(kind: RecordingKind): Promise<RecordingErrorCode | null>
  /** Resolves when all is on the disk. */
  stop(): Promise<void>
  /** Looks what is stored; resolves null then, or with the reason why that cannot be known. */
  refresh(): Promise<RecordingErrorCode | null>
  /** Asks the person where to, and copies it there; resolves null also when the person thought better of it. To be called from a click. */
  save(recording: StoredRecording): Promise<RecordingErrorCode | null>
  /** Deletes it for good; resolves null then, or with the reason why not. */
  remove(id: string): Promise<RecordingErrorCode | null>
}
