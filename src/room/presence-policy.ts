/** When a person counts as gone: decisions only, no clocks. */
import { HELLO_INTERVAL_MS } from '../wire/index.ts'
import type { LinkPhase } from './ports.ts'

/**
 * A broken connection is waited for this long. The link notices a killed browser or a pulled cable within four seconds,
 * so its tile is gone within ten; most changes of network heal sooner, and for the others signaling is a sign of life.
 */
export const INTERRUPTED_LIMIT_MS = 5_000

/** Somebody of whom we heard a single message, which may have been on its way when its sender died. */
export const UNPROVEN_LIMIT_MS = 15_000

/** Somebody who goes on talking to the room but whose media does not get through: two missed hellos and some slack. */
export const UNCONNECTED_LIMIT_MS = 2 * HELLO_INTERVAL_MS + 5_000

/** What is known of one remote session at one moment. */
export interface Presence {
  phase: LinkPhase
  /** Whether this link has ever been up. */
  wasConnected: boolean
  /** Since the link was made. */
  ageMs: number
  /** Since the link was last up; meaningful once it was. */
  brokenMs: number
  /** Since anything of the session came in outside the media connection. */
  silentMs: number
  /** How many messages of the session came in outside the media connection. */
  heard: number
}

/**
 * Whether the session's tile goes away. Signs of life on another path hold off the end of a broken connection, because
 * then its repair is under way; a hello after the end brings the person back.
 */
export function isGone({ phase, wasConnected, brokenMs, silentMs, heard }: Presence): boolean {
  switch (phase) {
    case 'connected': return false
    case 'closed': return true
    case 'interrupted':
    case 'connecting':
      if (wasConnected) return brokenMs > INTERRUPTED_LIMIT_MS && silentMs > INTERRUPTED_LIMIT_MS
      return silentMs > (heard > 1 ? UNCONNECTED_LIMIT_MS : UNPROVEN_LIMIT_MS)
    default: return phase satisfies never
  }
}

/** Whether a newcomer may take this one's place when the room is full: it has not come up in reasonable time. */
export function isReplaceable({ wasConnected, ageMs }: Presence): boolean {
  return !wasConnected && ageMs > UNPROVEN_LIMIT_MS
}
