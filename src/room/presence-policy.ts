/** Who is here, away or gone, and whether we can reach anybody: decisions only, no clocks. */
import { HELLO_INTERVAL_MS } from '../wire/index.ts'
import type { LinkPhase } from './ports.ts'
import type { Outage, Reach } from './views.ts'

/**
 * Somebody whose connection broke, and of whom nothing is heard on any other way, keeps the tile this long. The link notices
 * a killed browser or a pulled cable within two seconds, so that the tile is gone within ten; most breaks heal sooner.
 */
export const AWAY_AFTER_MS = 7_000

/** So long the place and the link are kept for somebody who is away, or for everybody while we are cut off ourselves. */
export const GONE_AFTER_MS = 120_000

/** Somebody of whom we heard a single message, which may have been on its way when its sender died. */
export const UNPROVEN_LIMIT_MS = 15_000

/** Somebody who goes on talking to the room but whose media does not get through: two missed hellos and some slack. */
export const UNCONNECTED_LIMIT_MS = 2 * HELLO_INTERVAL_MS + 5_000

/** Somebody who talks to the room and whose media did not get through for this long cannot be reached from here. */
export const UNREACHABLE_AFTER_MS = 12_000

/** What is known of one remote session at one moment. */
export interface Presence {
  phase: LinkPhase
  /** Whether this link has ever been up. */
  wasConnected: boolean
  /** Since the link was made. */
  ageMs: number
  /** Since the link was last up; meaningful once it was. */
  brokenMs: number
  /** For how long it has been heard on other ways while the link was broken; 0 when it was not. */
  talkingMs: number
  /** Since anything of the session came in outside the media connection. */
  silentMs: number
  /** How many messages of the session came in outside the media connection. */
  heard: number
}

/** `away`: the tile is taken off, the place and the link are kept. `gone`: nothing is. */
export type Standing = 'here' | 'away' | 'gone'

/**
 * Where a session stands. Signs of life on another way hold off the end of a broken connection, because then its repair is
 * under way. `isCutOff`: it is us who can reach nobody, so that nobody's silence means anything.
 */
export function standingOf(presence: Presence, isCutOff: boolean): Standing {
  const { phase, wasConnected, brokenMs, silentMs, heard } = presence
  switch (phase) {
    case 'connected': return 'here'
    case 'closed': return 'gone'
    case 'interrupted':
    case 'connecting': {
      const quietMs = wasConnected ? Math.min(brokenMs, silentMs) : silentMs
      if (isCutOff || wasConnected) {
        if (quietMs > GONE_AFTER_MS) return 'gone'
        return isCutOff || quietMs <= awayAfterMs(presence) ? 'here' : 'away'
      }
      return silentMs > (heard > 1 ? UNCONNECTED_LIMIT_MS : UNPROVEN_LIMIT_MS) ? 'gone' : 'here'
    }
    default: return phase satisfies never
  }
}

/** Who spoke since the connection broke is alive, and its next word may be a hello's interval away. */
function awayAfterMs({ brokenMs, silentMs }: Presence): number {
  return silentMs < brokenMs ? UNCONNECTED_LIMIT_MS : AWAY_AFTER_MS
}

/** Whether somebody is there, for it talks to the room, but media between the two of us does not get through. */
export function isUnreachable({ phase, wasConnected, ageMs, talkingMs, silentMs, heard }: Presence): boolean {
  if (phase === 'connected' || phase === 'closed' || silentMs > UNCONNECTED_LIMIT_MS) return false
  if (wasConnected) return talkingMs > UNREACHABLE_AFTER_MS
  return ageMs > UNREACHABLE_AFTER_MS && heard > 1
}

/** Whether a newcomer may take this one's place when the room is full: it is away, or has not come up in reasonable time. */
export function isReplaceable(presence: Presence): boolean {
  if (presence.wasConnected) return standingOf(presence, false) === 'away'
  return presence.ageMs > UNPROVEN_LIMIT_MS
}

/**
 * Whether nobody can be reached: every connection that was ever up is broken. Those who are away do not count, nor does a
 * room in which nobody has been connected yet. `now` is milliseconds since 1970.
 */
export function outageOf(presences: readonly Presence[], reach: Reach, now: number): Outage | null {
  const known = presences.filter(({ phase, wasConnected }) => wasConnected && phase !== 'closed')
  if (known.length === 0 || known.some(({ phase }) => phase === 'connected')) return null
  return { reach, since: now - Math.min(...known.map(({ brokenMs }) => brokenMs)) }
}
