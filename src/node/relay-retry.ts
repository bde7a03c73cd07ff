/** When a lost or silent relay is tried again, and how long it may take to answer. Pure. */
import { backoffMs } from '../util/backoff.ts'
import type { BackoffOptions } from '../util/backoff.ts'

/** How things stand with a relay that is not connected. */
export interface RetryFacts {
  /** Attempts that have failed since it last served us. */
  failures: number
  /** Since it last served us, milliseconds; Infinity when it never did. */
  sinceServedMs: number
  /** Whether another relay serves us meanwhile. */
  hasOthers: boolean
}

/** A relay that served us so lately, milliseconds, is restarting, or it is our network that is away. */
const LATELY_MS = 60_000
const SOME_TIME_AGO_MS = 600_000

const ALONE: BackoffOptions = { baseMs: 300, maxMs: 1_500 }
const PATIENT: BackoffOptions = { baseMs: 1_000, maxMs: 5_000 }
const STRANGER: BackoffOptions = { baseMs: 1_000, maxMs: 30_000 }

/** Milliseconds until the next attempt, after one has failed. */
export function retryPauseMs({ failures, sinceServedMs, hasOthers }: RetryFacts, random?: () => number): number {
  const backoff = sinceServedMs >= SOME_TIME_AGO_MS ? STRANGER : sinceServedMs < LATELY_MS && !hasOthers ? ALONE : PATIENT
  return backoffMs(Math.max(0, failures - 1), random === undefined ? backoff : { ...backoff, random })
}

/** A slow network needs this long for TCP, TLS, WebSocket and Noise, milliseconds. */
const DIAL_MS = 15_000
/** One that a moment ago was quick enough for a call; TCP repeats its first packet after 1 and 3 s, and then pauses for 4. */
const REDIAL_MS = 4_000
/** At first less: what is dialled while the network changes leaves by the old one, and never arrives. So often what it took before. */
const FIRST_REDIAL_MS = 1_500
const FIRST_REDIAL_FACTOR = 3

/** Attempts that are cut short; if they all were, the network or the page has become slow. */
const SHORT_DIALS = 4

/** What is known of a relay that is dialled. */
export interface DialFacts extends Pick<RetryFacts, 'failures' | 'sinceServedMs'> {
  /** How long it took to connect when that last worked, milliseconds; undefined when it never did. */
  connectMs: number | undefined
}

/** Milliseconds that an attempt may take. */
export function dialLimitMs({ failures, sinceServedMs, connectMs = Infinity }: DialFacts): number {
  if (sinceServedMs >= LATELY_MS || failures >= SHORT_DIALS) return DIAL_MS
  return failures > 0 ? REDIAL_MS : Math.min(REDIAL_MS, Math.max(FIRST_REDIAL_MS, FIRST_REDIAL_FACTOR * connectMs))
}

/**
 * Shortest and longest time, milliseconds, that a connected relay has to answer when something is silent and no new connection
 * comes up meanwhile either: a busy machine answers late, and to drop what works costs more than to wait.
 */
const MIN_PATIENCE_MS = 2_500
const MAX_PATIENCE_MS = 6_000
/** A question and its answer need three round trips at most: opening a stream takes two. Twice that is no answer. */
const PATIENCE_ROUND_TRIPS = 6

/** Milliseconds that a connected relay has to answer, by the round trip that it was measured at. */
export function patienceMs(rttMs: number | undefined): number {
  return Math.min(MAX_PATIENCE_MS, Math.max(MIN_PATIENCE_MS, PATIENCE_ROUND_TRIPS * (rttMs ?? 0)))
}
