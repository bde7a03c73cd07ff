/** The tables of what is sent over a path that does not carry everything, and how to move in them. Bits are per second. */

/**
 * `needsBps` is the estimate from which a row holds, `costBps` what it takes with headers and repeats. Of `maxBitrateBps`
 * Chromium takes off the headers, up to 29 kbit/s, and sends the rest twice, since each packet repeats the one before.
 */
export const AUDIO_STEPS = [
  { needsBps: 300_000, costBps: 100_000, maxBitrateBps: 60_000, adaptivePtime: false },
  { needsBps: 120_000, costBps: 60_000, maxBitrateBps: 44_000, adaptivePtime: true },
  { needsBps: 0, costBps: 40_000, maxBitrateBps: 32_000, adaptivePtime: true },
] as const

/** What sound takes at least, and at most. */
export const LEAST_SOUND_BPS = AUDIO_STEPS[2].costBps
export const FULL_SOUND_BPS = AUDIO_STEPS[0].costBps

/** Size goes first, then frames. Below the last row the camera is paused: it would be no picture of anybody. */
export const CAMERA_STEPS = [
  { bps: 900_000, height: Infinity, maxFramerate: 30 },
  { bps: 500_000, height: 540, maxFramerate: 30 },
  { bps: 260_000, height: 360, maxFramerate: 30 },
  { bps: 130_000, height: 270, maxFramerate: 24 },
  { bps: 70_000, height: 180, maxFramerate: 20 },
  { bps: 45_000, height: 180, maxFramerate: 12 },
  { bps: 28_000, height: 180, maxFramerate: 7 },
] as const

/** The camera's last step, and the one below it, on which nothing is sent. */
export const LEAST_CAMERA = CAMERA_STEPS.length - 1
export const PAUSED = CAMERA_STEPS.length
/** From this step on a person would call the picture poor. */
export const POOR_CAMERA = 3

/** A screen keeps its size, because small text cannot be read, and gives frames. It is never paused. */
export const SCREEN_STEPS = [
  { bps: 1_000_000, maxFramerate: 30 },
  { bps: 500_000, maxFramerate: 15 },
  { bps: 250_000, maxFramerate: 8 },
  { bps: 120_000, maxFramerate: 4 },
  { bps: 0, maxFramerate: 2 },
] as const

/** More is taken only when there is this many times what it needs, so that two steps do not take turns. */
export const MARGIN = 1.25

/** The first camera step that is affordable. Nothing is given up when all that is wanted is. */
export function cameraStepFor(bps: number, wantedBps: number): number {
  if (bps >= wantedBps) return 0
  const step = CAMERA_STEPS.findIndex((row) => row.bps <= bps)
  return step === -1 ? PAUSED : step
}

/** The first of falling needs that is met; one above the current step must be met with a margin. */
export function settle(needs: readonly number[], current: number, available: number): number {
  const step = needs.findIndex((need, index) => available >= (index < current ? need * MARGIN : need))
  return step === -1 ? needs.length - 1 : step
}
