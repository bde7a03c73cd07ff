/** Recordings of the call as the interface sees them. */
import type { ReadonlySignal } from '../../util/signals.ts'
import type { PeerKey } from '../../wire/message.ts'

/** Whether somebody may be in a recording; `waiting` until the person has said so, and then left out like `refused`. */
export type RecordingAnswer = 'waiting' | 'allowed' | 'refused'

/** What we record. */
export interface OwnRecording {
  id: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** Of everybody who has answered; the others are `waiting`. */
  answers: ReadonlyMap<PeerKey, Exclude<RecordingAnswer, 'waiting'>>
}

/** Somebody else records. */
export interface OthersRecording {
  peer: PeerKey
  id: string
  /** What we have said to it; while `waiting`, the person is to be asked. */
  answer: RecordingAnswer
}

/**
 * Recordings are an agreement among the apps of a room: whoever records says so, asks, and leaves out who does not allow
 * it. Nobody can stop somebody from filming the screen.
 */
export interface RecordingView {
  /** Null while we do not record. */
  readonly own: ReadonlySignal<OwnRecording | null>
  /** In the order in which they began. */
  readonly others: ReadonlySignal<readonly OthersRecording[]>
  /** Tells everybody that we record from now on, and asks them; false when we are in no room, or record already. */
  begin(): boolean
  /** Tells everybody that we no longer record. */
  end(): void
  /** Says whether we may be in that recording, or changes our mind. */
  answer(peer: PeerKey, id: string, allow: boolean): void
}
