/**
 * What to do about a connection that does not work: wait, restart ICE, rebuild from nothing, or give up. Pure; the link
 * asks after every change of state and once a second.
 */

/** What is wrong: `silent` is a connection that claims to work while nothing arrives, `broken` one that a description broke. */
export type Trouble = 'none' | 'connecting' | 'disconnected' | 'silent' | 'failed' | 'broken'

export type RecoveryStep = 'wait' | 'restart-ice' | 'rebuild' | 'give-up'

/** What happened since the connection last worked. Times are in milliseconds. */
export interface LinkHistory {
  trouble: Trouble
  /** How long there has been trouble. */
  troubleMs: number
  /** Steps taken by us. */
  steps: number
  /** How long ago either side took one; Infinity when neither has. */
  sinceStepMs: number
  /** The impolite side leads, or both would restart at once, every time. */
  polite: boolean
  /** An offer of ours has no answer yet: more steps would only pile up on a road that is closed. */
  unanswered: boolean
  /** ICE servers came after the gathering that they were for: what does not connect without them will not without a restart. */
  missedServers: boolean
}

/** How long each trouble may last before the first step: short ones mostly pass by themselves. */
const PATIENCE_MS: Record<Exclude<Trouble, 'none' | 'broken'>, number> = {
  // ICE with TURN over TCP takes a few seconds, and the browser itself says `failed` after about 15.
  connecting: 10_000,
  disconnected: 2_000,
  // Silence is only called silence after three seconds.
  silent: 0,
  failed: 0,
}

/** The steps in their order, each with the time since the step before it. The last one repeats. */
const LADDER: readonly { step: RecoveryStep, afterMs: number }[] = [
  { step: 'restart-ice', afterMs: 1_000 },
  { step: 'restart-ice', afterMs: 4_000 },
  { step: 'rebuild', afterMs: 6_000 },
  { step: 'restart-ice', afterMs: 10_000 },
  { step: 'rebuild', afterMs: 15_000 },
]

/** Where ICE servers were missed, patience with connecting, and the polite side's longer wait: what needs none of them is up by then. */
const MISSED_SERVERS_MS = 1_000
/** How much longer the polite side waits before each step: enough for a step of the other side's to arrive and work. */
const POLITE_MS = 4_000
/** A peer that was out of reach this long is gone; if it comes back, the room makes a new connection. */
const GIVE_UP_MS = 120_000

/** Decides the next step. */
export function nextStep({ trouble, troubleMs, steps, sinceStepMs, polite, unanswered, missedServers }: LinkHistory): RecoveryStep {
  if (trouble === 'none') return 'wait'
  if (troubleMs >= GIVE_UP_MS) return 'give-up'
  const rung = LADDER[Math.min(steps, LADDER.length - 1)]
  if (rung === undefined) return 'wait'
  // What a description broke no ICE restart mends, and only the side where it broke knows: it does not wait for the other.
  if (trouble === 'broken') return steps === 0 || sinceStepMs >= rung.afterMs ? 'rebuild' : 'wait'
  if (unanswered) return 'wait'
  const isMissing = trouble === 'connecting' && missedServers
  const extraMs = !polite ? 0 : isMissing ? MISSED_SERVERS_MS : POLITE_MS
  const patienceMs = isMissing ? MISSED_SERVERS_MS : PATIENCE_MS[trouble]
  const isDue = troubleMs >= patienceMs + extraMs && sinceStepMs >= rung.afterMs + extraMs
  return isDue ? rung.step : 'wait'
}
