import { cameraStepFor, LEAST_CAMERA, MARGIN, PAUSED } from './uplink-steps.ts'

/** What is remembered of a link's camera from one look to the next. */
export interface CameraState {
  /** Row of CAMERA_STEPS; PAUSED below the last. */
  cameraStep: number
  /** For how long less, or more, than the present step was affordable, milliseconds. */
  belowMs: number
  aboveMs: number
  /** Time that the camera is paused, or that it is back, milliseconds. */
  pausedMs: number
  returnedMs: number
  /** Returns, one after the other, that soon ended in a pause. */
  failedReturns: number
}

/** What a look at the path has shown. */
export interface CameraChance {
  /** What is left for the camera, and what it would use, bits per second. */
  spareBps: number
  wantedBps: number
  /** How long packets wait before they are sent, and how much longer than need be they are under way, milliseconds. */
  waitMs: number
  queueMs: number
  /** So little is sent that the estimate cannot show what else there is room for. */
  idle: boolean
}

/** A fresh link's estimate starts low: so much longer it is not believed, milliseconds. */
const WARM_UP_MS = 4_000
/**
 * What must hold before the camera gives something up, or takes it back, milliseconds: each change costs a key frame, and a
 * busy machine measures nonsense now and then. Two looks and three.
 */
const DOWN_MS = 1_500
const UP_MS = 2_500
/** From here on we send more than the path carries, milliseconds; and from here on sound is too late for a conversation. */
const CROWDED_MS = 250
const FLOODED_MS = 800
/** How long the camera stays away, milliseconds, by how many returns have failed in a row. */
const PAUSES_MS = [3_000, 6_000, 12_000, 24_000] as const
/** A return has succeeded after so long, milliseconds. */
const RETURNED_MS = 10_000

/** A camera that may do everything. */
export const FREE_CAMERA: CameraState = {
  cameraStep: 0, belowMs: -WARM_UP_MS, aboveMs: 0, pausedMs: 0, returnedMs: RETURNED_MS, failedReturns: 0,
}

/** How things stand with the camera, `elapsedMs` after the look before. */
export function nextCamera(state: CameraState, chance: CameraChance, elapsedMs: number): CameraState {
  return state.cameraStep === PAUSED ? nextPaused(state, chance, elapsedMs) : nextShown(state, chance, elapsedMs)
}

function nextShown(state: CameraState, chance: CameraChance, elapsedMs: number): CameraState {
  const { cameraStep } = state
  const { spareBps, wantedBps, waitMs, queueMs, idle } = chance
  const returnedMs = state.returnedMs + elapsedMs
  const failedReturns = returnedMs < RETURNED_MS ? state.failedReturns : 0
  const calm = { ...state, belowMs: 0, aboveMs: 0, returnedMs, failedReturns }
  const crowded = Math.max(waitMs, queueMs) > CROWDED_MS
  const affordable = cameraStepFor(spareBps, wantedBps)
  const lower = queueMs > FLOODED_MS ? PAUSED : Math.max(affordable, crowded ? Math.min(LEAST_CAMERA, cameraStep + 1) : 0)
  if (lower > cameraStep) {
    const belowMs = state.belowMs + elapsedMs
    if (belowMs < DOWN_MS) return { ...calm, belowMs }
    if (lower !== PAUSED) return { ...calm, cameraStep: lower }
    return { ...calm, cameraStep: PAUSED, pausedMs: 0, failedReturns: returnedMs < RETURNED_MS ? failedReturns + 1 : 0 }
  }
  const higher = Math.min(cameraStepFor(spareBps / MARGIN, wantedBps), idle ? cameraStep - 1 : PAUSED)
  if (crowded || higher < 0 || higher >= cameraStep) return calm
  const aboveMs = state.aboveMs + elapsedMs
  return aboveMs < UP_MS ? { ...calm, aboveMs } : { ...calm, cameraStep: higher }
}

/** While the camera is paused little is sent, and the estimate cannot show that there is room again: that has to be tried. */
function nextPaused(state: CameraState, { spareBps, wantedBps, queueMs }: CameraChance, elapsedMs: number): CameraState {
  const pausedMs = queueMs > CROWDED_MS ? 0 : state.pausedMs + elapsedMs
  const pauseMs = PAUSES_MS[state.failedReturns] ?? PAUSES_MS[3]
  if (pausedMs < pauseMs) return { ...state, pausedMs }
  const cameraStep = Math.min(LEAST_CAMERA, cameraStepFor(spareBps / MARGIN, wantedBps))
  return { ...state, cameraStep, belowMs: 0, aboveMs: 0, pausedMs: 0, returnedMs: 0 }
}
