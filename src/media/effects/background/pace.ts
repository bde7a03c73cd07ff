/** How much is done for the pictures of a second. */
export interface Step {
  /** The person is looked for in each so many pictures; between them the last outline is used. */
  maskEvery: number
  /** Larger pictures are made smaller, pixels. */
  maxHeight: number
  framesPerSecond: number
}

/** From all we can do to the least that is still worth it. */
export const STEPS: readonly Step[] = [
  { maskEvery: 1, maxHeight: 720, framesPerSecond: 30 },
  { maskEvery: 2, maxHeight: 720, framesPerSecond: 30 },
  { maskEvery: 2, maxHeight: 540, framesPerSecond: 24 },
  { maskEvery: 2, maxHeight: 360, framesPerSecond: 15 },
  { maskEvery: 3, maxHeight: 360, framesPerSecond: 10 },
]

/** What was seen since the last decision. */
export interface PaceSample {
  /** Wall time, milliseconds. */
  elapsedMs: number
  /** Of it spent on frames, milliseconds. */
  workMs: number
  frames: number
}

export interface Pace {
  step: number
  /** Time for which a cheaper step than the one before has been more than enough, milliseconds. */
  easyMs: number
  /** Time that must be easy before more is tried; doubles with each attempt, so that it does not swing for ever. */
  patienceMs: number
}

/** A share of a thread above which the machine is too slow for a step: sound and the others' pictures need it as well. */
const MOST_BUSY = 0.8
/** Below it the next better step has room: none costs more than twice the one before. */
const EASY = 0.35
/** At the last step, fewer pictures than this a second are worse than none. */
const LEAST_FRAMES_PER_SECOND = 5
const FIRST_PATIENCE_MS = 15_000

export const FIRST_PACE: Pace = { step: 0, easyMs: 0, patienceMs: FIRST_PATIENCE_MS }

/** Decides how to go on after a few seconds; null when even the least is too much for this machine. */
export function nextPace(pace: Pace, { elapsedMs, workMs, frames }: PaceSample): Pace | null {
  // A camera that rests, or the machine itself, says nothing about us.
  if (frames === 0 || elapsedMs <= 0) return { ...pace, easyMs: 0 }
  const busy = workMs / elapsedMs
  const isLast = pace.step === STEPS.length - 1
  if (busy > MOST_BUSY) {
    if (!isLast) return { ...pace, step: pace.step + 1, easyMs: 0 }
    return frames * 1000 / elapsedMs < LEAST_FRAMES_PER_SECOND ? null : { ...pace, easyMs: 0 }
  }
  if (busy > EASY || pace.step === 0) return { ...pace, easyMs: 0 }
  const easyMs = pace.easyMs + elapsedMs
  return easyMs < pace.patienceMs ? { ...pace, easyMs } : { step: pace.step - 1, easyMs: 0, patienceMs: pace.patienceMs * 2 }
}
