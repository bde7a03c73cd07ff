import type { ViewSize } from '../../wire/message.ts'
import type { ScreenPurpose } from '../types.ts'
import type { AudioLimit, CameraLimit, LinkLimits } from './uplink.ts'

/** How one receiver shows our videos; null where it has not said so yet. */
export interface ReceiverView {
  camera: ViewSize | null
  screen: ViewSize | null
}

/** What we have to send. Sizes are what the devices deliver; null for what is not captured. */
export interface SendSources {
  camera: ViewSize | null
  screen: ViewSize | null
  /** What matters about the screen; `text` when left out. */
  screenPurpose?: ScreenPurpose
}

export interface VideoEncoding {
  active: boolean
  maxBitrateBps: number
  scaleResolutionDownBy: number
  maxFramerate: number
  /** What the browser keeps when it has to give something up by itself. */
  degradationPreference: RTCDegradationPreference
}

/** What one receiver gets. */
export interface EncodingPlan {
  audio: AudioLimit
  camera: VideoEncoding
  screen: VideoEncoding
  screenAudio: { maxBitrateBps: number }
}

/** All cameras we send together, bits per second: fits an ordinary home uplink beside sound and a screen. */
export const CAMERA_BUDGET_BPS = 2_500_000
/** The same while a screen is shared, which then matters more. */
export const CAMERA_BUDGET_SHARING_BPS = 800_000
/** All copies of our screen together, bits per second. */
export const SCREEN_BUDGET_BPS = 2_500_000

/** Speech in Opus with the headers of its packets, bits per second; its RED copy comes on top. */
const SPEECH_BPS = 60_000
/** Music or a film's sound, bits per second. */
const SCREEN_AUDIO_BPS = 96_000

/** What a camera may be, by the number of receivers: each one costs an encoder and a share of the uplink. */
const CAMERA_TIERS = [
  { receivers: 1, height: 720, maxFramerate: 30 },
  { receivers: 3, height: 540, maxFramerate: 30 },
  { receivers: 7, height: 360, maxFramerate: 24 },
  { receivers: Infinity, height: 180, maxFramerate: 15 },
] as const

/** Bits per second that a talking head of this height needs to look well; more is wasted on it. */
const CAMERA_RATES = [
  { height: 90, bps: 80_000 },
  { height: 180, bps: 180_000 },
  { height: 270, bps: 350_000 },
  { height: 360, bps: 600_000 },
  { height: 540, bps: 1_200_000 },
  { height: Infinity, bps: 2_500_000 },
] as const

/** How high a shared screen that moves may be, by what each receiver's copy may take, bits per second. */
const MOTION_HEIGHTS = [
  { bps: 2_000_000, height: 1080 },
  { bps: 800_000, height: 720 },
  { bps: 0, height: 480 },
] as const
/** Fewer frames a second are no motion. */
const LEAST_MOTION_FRAMERATE = 15

/** Of a picture no larger than this frames are given up, not size. */
const LEAST_HEIGHT = 180

/** Steps of down-scaling, so that dragging a window does not reconfigure the encoder at every pixel. */
const SCALES = [8, 6, 4, 3, 2, 1.5, 4 / 3, 1] as const
/** Assumed of receivers that have not said how they show us: good enough for any tile, cheap enough to start at once. */
const UNTOLD: ViewSize = { width: 640, height: 360 }
const DEFAULT_SOURCE: ViewSize = { width: 1280, height: 720 }

/** Plans what each receiver gets, in their order. The sum of all camera bitrates, and of all screen bitrates, stays in budget. */
export function planEncodings(receivers: readonly ReceiverView[], sources: SendSources): EncodingPlan[] {
  const cameraSize = sources.camera ?? DEFAULT_SOURCE
  const tier = CAMERA_TIERS.find((row) => receivers.length <= row.receivers) ?? CAMERA_TIERS[3]
  const cameraBudget = sources.screen === null ? CAMERA_BUDGET_BPS : CAMERA_BUDGET_SHARING_BPS
  const viewers = receivers.filter(({ screen }) => isShown(screen)).length
  const cameras = receivers.map(({ camera }) => planCamera(camera, cameraSize, tier))
  const shares = shareOut(cameras.map(({ active, maxBitrateBps }) => active ? maxBitrateBps : 0), cameraBudget)
  return receivers.map(({ screen }, index) => ({
    audio: { maxBitrateBps: SPEECH_BPS, adaptivePtime: false },
    camera: withRate(cameras[index] as VideoEncoding, shares[index] as number),
    screen: planScreen(sources.screenPurpose ?? 'text', screen, sources.screen ?? DEFAULT_SOURCE, Math.floor(SCREEN_BUDGET_BPS / Math.max(1, viewers))),
    screenAudio: { maxBitrateBps: SCREEN_AUDIO_BPS },
  }))
}

/**
 * Divides a budget: nobody gets more than they can use, and what they leave goes to the others. So whoever is shown large,
 * as who speaks often is, gets what those leave who show a small tile.
 */
function shareOut(usable: readonly number[], budget: number): number[] {
  const shares = usable.map(() => 0)
  let left = budget
  const modestFirst = usable.map((most, index) => ({ most, index })).toSorted((a, b) => a.most - b.most)
  for (const [place, { most, index }] of modestFirst.entries()) {
    const share = Math.min(most, Math.floor(left / (usable.length - place)))
    shares[index] = share
    left -= share
  }
  return shares
}

/** A camera that nobody sees keeps the rate that it will begin with. */
function withRate(plan: VideoEncoding, shareBps: number): VideoEncoding {
  return plan.active ? { ...plan, maxBitrateBps: shareBps } : plan
}

/** What is left of a plan for a receiver whose path carries no more than these limits. */
export function limitEncodings(plan: EncodingPlan, limits: LinkLimits, source: ViewSize | null): EncodingPlan {
  const { audio, screen } = limits
  return {
    ...plan,
    audio: { ...audio, maxBitrateBps: Math.min(audio.maxBitrateBps, plan.audio.maxBitrateBps) },
    camera: limitCamera(plan.camera, limits.camera, source ?? DEFAULT_SOURCE),
    screen: { ...plan.screen, maxFramerate: limitFrames(plan.screen, screen.maxFramerate) },
  }
}

/** What moves goes on moving, and the browser makes it smaller. */
function limitFrames({ maxFramerate, degradationPreference }: VideoEncoding, limit: number): number {
  const least = degradationPreference === 'maintain-framerate' ? LEAST_MOTION_FRAMERATE : 0
  return Math.min(maxFramerate, Math.max(limit, least))
}

function limitCamera(plan: VideoEncoding, limit: CameraLimit | null, source: ViewSize): VideoEncoding {
  if (limit === null) return { ...plan, active: false }
  const exact = source.height / limit.height
  const scaleResolutionDownBy = Math.max(plan.scaleResolutionDownBy, SCALES.findLast((scale) => scale >= exact - 1e-6) ?? SCALES[0])
  return {
    active: plan.active,
    maxBitrateBps: Math.min(limit.maxBitrateBps, plan.maxBitrateBps),
    scaleResolutionDownBy,
    maxFramerate: Math.min(limit.maxFramerate, plan.maxFramerate),
    degradationPreference: preferenceAt(source.height / scaleResolutionDownBy),
  }
}

function planCamera(view: ViewSize | null, source: ViewSize, tier: typeof CAMERA_TIERS[number]): VideoEncoding {
  const cap = tier.height / source.height
  const scaleResolutionDownBy = chooseScale(source, view ?? UNTOLD, cap)
  const height = source.height / scaleResolutionDownBy
  const rate = CAMERA_RATES.find((row) => height <= row.height) ?? CAMERA_RATES[5]
  return {
    active: isShown(view),
    maxBitrateBps: rate.bps,
    scaleResolutionDownBy,
    maxFramerate: tier.maxFramerate,
    degradationPreference: preferenceAt(height),
  }
}

/** A face gives up size first, but not so much that it is none any more. */
function preferenceAt(height: number): RTCDegradationPreference {
  return height > LEAST_HEIGHT ? 'maintain-framerate' : 'maintain-resolution'
}

function planScreen(purpose: ScreenPurpose, view: ViewSize | null, source: ViewSize, shareBps: number): VideoEncoding {
  if (purpose === 'motion') return planMotion(view, source, shareBps)
  return {
    active: isShown(view),
    maxBitrateBps: shareBps,
    // Text that was scaled down stays blurred when the window grows; until told otherwise the screen is sent in full.
    scaleResolutionDownBy: view === null ? 1 : chooseScale(source, view, 1),
    maxFramerate: shareBps >= 1_000_000 ? 30 : 15,
    degradationPreference: 'maintain-resolution',
  }
}

/** A film or a game: a smaller picture that moves is worth more than a sharp one that stands still. */
function planMotion(view: ViewSize | null, source: ViewSize, shareBps: number): VideoEncoding {
  const { height } = MOTION_HEIGHTS.find(({ bps }) => shareBps >= bps) ?? MOTION_HEIGHTS[2]
  return {
    active: isShown(view),
    maxBitrateBps: shareBps,
    scaleResolutionDownBy: chooseScale(source, view ?? source, height / source.height),
    maxFramerate: 30,
    degradationPreference: 'maintain-framerate',
  }
}

/**
 * The strongest step of down-scaling that still leaves at least the shown size. `cap` is the largest part of the source's
 * size that may be sent: what is shown larger than that is held to be shown at that.
 */
function chooseScale(source: ViewSize, view: ViewSize, cap: number): number {
  const shown = Math.max(view.width / source.width, view.height / source.height)
  const exact = 1 / Math.min(1, cap, Math.max(shown, 1 / SCALES[0]))
  return SCALES.find((scale) => scale <= exact + 1e-6) ?? 1
}

function isShown(view: ViewSize | null): boolean {
  return view === null || (view.width > 0 && view.height > 0)
}
