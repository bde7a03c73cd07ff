/** Raised hands and reactions as the interface sees them. */
import type { ReadonlySignal } from '../../util/signals.ts'
import type { PeerKey, Reaction } from '../../wire/message.ts'

/** Somebody reacts to what is said; shown for a moment. */
export interface ReactionShown {
  /** Another one for each. */
  id: number
  peer: PeerKey
  reaction: Reaction
}

export interface GesturesView {
  /** Who has a hand up, ourselves included, in the order in which they were raised. */
  readonly hands: ReadonlySignal<readonly PeerKey[]>
  /** Raises or lowers our own hand; false when we are in no room, or raise it too often. */
  setHand(up: boolean): boolean
  /** What is to be shown at the moment, everybody's and ours, the oldest first. */
  readonly reactions: ReadonlySignal<readonly ReactionShown[]>
  /** Reacts; false when we are in no room, or do so too often. */
  react(reaction: Reaction): boolean
}
