/**
 * What to do about a connection that does not work: wait, say the offer again, restart ICE, or rebuild from nothing. Pure;
 * the link asks after every change of state and four times a second. It never gives up: how long a peer is waited for is
 * the room's to decide.
 */

/**
 * What is wrong. `silent` is a connection that claims to work while nothing arrives, `unheard` one on which the peer says
 * that nothing of ours arrives, `broken` one that a description broke or whose pictures no longer decode.
 */
export type Trouble = 'none' | 'connecting' | 'disconnected' | 'silent' | 'unheard' | 'failed' | 'broken'

/** `resend` says the unanswered offer, or wish for one, again, `renew` replaces it by one with the candidates of now. */
export type RecoveryStep = 'wait' | 'resend' | 'renew' | 'restart-ice' | 'rebuild'

/** What happened since the connection last worked. Times are in milliseconds. */
export interface LinkHistory {
  trouble: Trouble
  /** How long there has been trouble. */
  troubleMs: number
  /** Whether the link ever worked. */
  everConnected: boolean
  /** Steps taken by us. */
  steps: number
  /** How long ago either side took one, or an offer of ours was answered; Infinity when neither has. */
  sinceStepMs: number
  /** The impolite side leads, or both would restart at once, every time. */
  polite: boolean
  /** Our own network has changed or our machine has slept, a moment ago: the trouble is ours, and so is the remedy. */
  hurried: boolean
  /** As far as is known, a signal could reach the peer on another way than the link itself. */
  signalable: boolean
  /** An offer of ours has no answer yet: more steps would only pile up on a road that is closed. */
  unanswered: boolean
  /** Since then the peer was heard on another way, or a way has opened: what was said in vain may get through now. */
  prompted: boolean
  /** How long ago the unanswered offer was made, and when it was last said. */
  offerAgeMs: number
  sinceSaidMs: number
  /** ICE servers came after the gathering that they were for: what does not connect without them will not without a restart. */
  missedServers: boolean
}

/** How long each trouble may last before the first step: short ones mostly pass by themselves. */
const PATIENCE_MS: Record<Exclude<Trouble, 'none' | 'broken'>, number> = {
  // ICE with TURN over TCP takes a few seconds, and the browser itself says `failed` after about 15.
  connecting: 10_000,
  disconnected: 2_000,
  // Silence was waited for already, on whichever side.
  silent: 0,
  unheard: 0,
  failed: 0,
}

/** The steps in their order, each with the time since the step before it. The last one repeats. */
const LADDER: readonly { step: RecoveryStep, afterMs: number }[] = [
  { step: 'restart-ice', afterMs: 1_500 },
  { step: 'restart-ice', afterMs: 3_000 },
  { step: 'rebuild', afterMs: 5_000 },
  { step: 'restart-ice', afterMs: 10_000 },
  { step: 'rebuild', afterMs: 15_000 },
  { step: 'rebuild', afterMs: 30_000 },
]

/** A link that worked connects again in less time than at first: its servers and its relays are known. */
const RECONNECTING_MS = 4_000
/** Where ICE servers were missed, patience with connecting, and the polite side's longer wait: what needs none of them is up by then. */
const MISSED_SERVERS_MS = 1_000
/** How much longer the polite side waits before each step: enough for a step of the other side's to arrive and work. */
const POLITE_MS = 4_000
/** An offer is not said again within this time: its answer may be on the way. */
const RESEND_MS = 300
/** The candidates of an older offer may be those of a network that is gone. */
const STALE_OFFER_MS = 5_000

/** Decides the next step. */
export function nextStep(history: LinkHistory): RecoveryStep {
  const { trouble, troubleMs, steps, sinceStepMs, polite, signalable } = history
  // An old path that revives may do so for one side only, and what that one has said is the other's way back.
  if (trouble === 'none') return history.unanswered ? sayAgain(history) : 'wait'
  const rung = LADDER[Math.min(steps, LADDER.length - 1)]
  if (rung === undefined) return 'wait'
  // What a description broke no ICE restart mends, and only the side where it broke knows: it does not wait for the other.
  if (trouble === 'broken') return steps === 0 || sinceStepMs >= rung.afterMs ? 'rebuild' : 'wait'
  // ICE clings to a pair that still hears, for some five seconds and through a restart. The side that is heard no more is the
  // only one to know, so it waits for nobody; but what still works is not given up where nobody could be told.
  if (trouble === 'unheard' && steps === 0 && signalable) return 'rebuild'
  if (history.unanswered) return sayAgain(history)
  // What the polite side asks for in vain it would get when the old path revives, where nobody needs it.
  if (polite && !signalable) return 'wait'
  const extraMs = extraWait(history)
  const isDue = troubleMs >= patience(history) + extraMs && sinceStepMs >= rung.afterMs + extraMs
  return isDue ? rung.step : 'wait'
}

function sayAgain({ prompted, sinceSaidMs, offerAgeMs }: LinkHistory): RecoveryStep {
  if (!prompted || sinceSaidMs < RESEND_MS) return 'wait'
  return offerAgeMs >= STALE_OFFER_MS ? 'renew' : 'resend'
}

function patience({ trouble, everConnected, hurried, missedServers }: LinkHistory): number {
  if (trouble === 'none' || trouble === 'broken' || hurried) return 0
  if (trouble !== 'connecting') return PATIENCE_MS[trouble]
  if (missedServers) return MISSED_SERVERS_MS
  return everConnected ? RECONNECTING_MS : PATIENCE_MS.connecting
}

function extraWait({ trouble, polite, hurried, missedServers }: LinkHistory): number {
  // Where it knows that the trouble is its own, it knows so before the other side.
  if (!polite || hurried) return 0
  return trouble === 'connecting' && missedServers ? MISSED_SERVERS_MS : POLITE_MS
}
