/**
 * What is given up on a thin path: sound first and always, then the screen, then the camera, which loses size, then frames,
 * then itself. Pure; `uplink-monitor.ts` asks it once a second about every link.
 */
import type { PathView } from './path-sample.ts'
import { FREE_CAMERA, nextCamera, type CameraState } from './uplink-camera.ts'
import type { LinkDemand } from './uplink-share.ts'
import { AUDIO_STEPS, CAMERA_STEPS, PAUSED, POOR_CAMERA, SCREEN_STEPS, settle } from './uplink-steps.ts'

/** How sound is sent. */
export interface AudioLimit {
  maxBitrateBps: number
  /** Packets may become longer, which saves headers. */
  adaptivePtime: boolean
}

/** What the camera may be at most. */
export interface CameraLimit {
  height: number
  maxFramerate: number
  maxBitrateBps: number
}

/** What one link may use. */
export interface LinkLimits {
  audio: AudioLimit
  /** Null while it is paused. */
  camera: CameraLimit | null
  screen: { maxFramerate: number }
}

/** What is remembered of a link from one look to the next. Steps are rows of the tables. */
export interface LinkState extends CameraState {
  audioStep: number
  screenStep: number
  /** Shortest round trip lately, milliseconds: the path without a queue on it. */
  calmRoundTripMs: number | null
}

/** Part of the estimate that is planned with: it is no promise. */
const USABLE = 0.9
/** Part of what is left beside sound that a shared screen is given before the camera. */
const SCREEN_SHARE = 0.75
/** A sender that uses no more than this part of its estimate will not learn what else there is unless it tries. */
const IDLE = 0.75
/**
 * How fast the shortest round trip is forgotten, part a second, since the path may have changed: faster while so little is
 * sent that a longer one is no queue of ours.
 */
const FORGET = 0.02
const FORGET_IDLE = 0.1

/** A link of which nothing is known: it may use everything. */
export const FRESH_LINK: LinkState = { ...FREE_CAMERA, audioStep: 0, screenStep: 0, calmRoundTripMs: null }

/** How things stand with a link that may count on `shareBps` (null for no limit), `elapsedMs` after the look before. */
export function nextLinkState(
  state: LinkState, path: PathView, demand: LinkDemand, shareBps: number | null, elapsedMs: number,
): LinkState {
  const availableBps = shareBps ?? Infinity
  const idle = path.sentBps < IDLE * availableBps
  const calmRoundTripMs = calmest(state.calmRoundTripMs, path.roundTripMs, (idle ? FORGET_IDLE : FORGET) * elapsedMs / 1_000)
  const audioStep = settle(AUDIO_STEPS.map(({ needsBps }) => needsBps), state.audioStep, availableBps)
  const videoBps = Math.max(0, USABLE * availableBps - (AUDIO_STEPS[audioStep] ?? AUDIO_STEPS[0]).costBps)
  const screenBps = demand.screenBps > 0 ? SCREEN_SHARE * videoBps : 0
  return {
    ...nextCamera(state, {
      spareBps: videoBps - Math.min(screenBps, demand.screenBps),
      wantedBps: demand.cameraBps,
      waitMs: path.queueMs,
      queueMs: (path.roundTripMs ?? 0) - (calmRoundTripMs ?? 0),
      idle,
    }, elapsedMs),
    audioStep,
    screenStep: demand.screenBps > 0 ? settle(SCREEN_STEPS.map(({ bps }) => bps), state.screenStep, screenBps) : 0,
    calmRoundTripMs,
  }
}

/** What a link may use in this state. */
export function limitsOf({ audioStep, cameraStep, screenStep }: LinkState): LinkLimits {
  const { maxBitrateBps, adaptivePtime } = AUDIO_STEPS[audioStep] ?? AUDIO_STEPS[2]
  const camera = CAMERA_STEPS[cameraStep]
  // Enough to show that the next step would do: an estimate grows little beyond what is sent.
  const next = CAMERA_STEPS[cameraStep - 1]?.bps ?? Infinity
  return {
    audio: { maxBitrateBps, adaptivePtime },
    camera: camera ? { height: camera.height, maxFramerate: camera.maxFramerate, maxBitrateBps: next } : null,
    screen: { maxFramerate: (SCREEN_STEPS[screenStep] ?? SCREEN_STEPS[4]).maxFramerate },
  }
}

/** How a person would call the camera that a link sends in this state. */
export function cameraOf({ cameraStep }: LinkState): 'good' | 'poor' | 'paused' {
  if (cameraStep === PAUSED) return 'paused'
  return cameraStep >= POOR_CAMERA ? 'poor' : 'good'
}

/** The shorter of the two, of which the one before counts less by the part that is forgotten. */
function calmest(before: number | null, now: number | null, forgotten: number): number | null {
  if (now === null || before === null) return now ?? before
  return Math.min(now, before + (now - before) * Math.min(1, forgotten))
}
