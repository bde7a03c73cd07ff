import type { PathView } from './path-sample.ts'

/** How long what arrives is held back before it is played, so that what is late or was lost can still come. */
export interface Playout {
  /** For RTCRtpReceiver.jitterBufferTarget, milliseconds; 0 leaves it to the browser. */
  targetMs: number
  /** For how long less would have done, milliseconds. */
  calmMs: number
}

/** What of a path it is decided by. */
export type PlayoutFacts = Pick<PathView, 'receivedLoss' | 'roundTripMs' | 'concealed' | 'heldMs'>

/** As the browser thinks right. */
export const NO_PLAYOUT: Playout = { targetMs: 0, calmMs: 0 }

/** Part of packets lost, and the repeats after which next to nothing of it (one in two hundred) is missing. */
const REPEATS = [
  { loss: 0.01, repeats: 0 },
  { loss: 0.05, repeats: 1 },
  { loss: 0.12, repeats: 2 },
  { loss: Infinity, repeats: 3 },
] as const

/** From a gap to the request for what is missing in it, and its place among what is sent, milliseconds. */
const REQUEST_MS = 30
/** A larger part of sound that was made up is heard: the browser holds too little back for how unevenly packets come. */
const AUDIBLE = 0.01
/** Mouth to ear, people begin to talk over each other from here on (https://www.itu.int/rec/T-REC-G.114), milliseconds. */
const CONVERSATION_MS = 400
/** Less is held back only after as long a calm, milliseconds: trouble comes in bursts. */
const CALM_MS = 10_000
/** Targets are multiples of this, milliseconds, so that a trembling measurement moves nothing. */
const STEP_MS = 40

/** What to hold back from now on, `elapsedMs` after the look before: more at once, and half as much after each calm. */
export function nextPlayout({ targetMs, calmMs }: Playout, facts: PlayoutFacts, elapsedMs: number): Playout {
  const { receivedLoss, roundTripMs, concealed, heldMs } = facts
  const limitMs = stepsBelow(CONVERSATION_MS - (roundTripMs ?? 0) / 2)
  const forRepeats = repeatMs(receivedLoss, roundTripMs ?? 0)
  const forLate = concealed > AUDIBLE ? Math.min(limitMs, stepsBelow(Math.max(targetMs, heldMs)) + STEP_MS) : 0
  const wantedMs = Math.max(forRepeats, forLate)
  if (wantedMs >= targetMs) return { targetMs: wantedMs, calmMs: 0 }
  if (calmMs + elapsedMs < CALM_MS) return { targetMs, calmMs: calmMs + elapsedMs }
  return { targetMs: Math.max(wantedMs, stepsBelow(targetMs / 2)), calmMs: 0 }
}

/** How long lost packets take to be repeated as often as it needs. */
function repeatMs(loss: number, roundTripMs: number): number {
  const { repeats } = REPEATS.find((row) => loss < row.loss) ?? REPEATS[3]
  // A repeat that would come too late to be of use is not waited for; redundancy has to do.
  const possible = Math.floor((CONVERSATION_MS - roundTripMs / 2) / (roundTripMs + REQUEST_MS))
  return Math.ceil(Math.min(repeats, Math.max(0, possible)) * (roundTripMs + REQUEST_MS) / STEP_MS) * STEP_MS
}

function stepsBelow(ms: number): number {
  return Math.max(0, Math.floor(ms / STEP_MS) * STEP_MS)
}
