import { expect, test } from 'vitest'
import {
  CAMERA_BUDGET_BPS, CAMERA_BUDGET_SHARING_BPS, limitEncodings, planEncodings, SCREEN_BUDGET_BPS, type ReceiverView,
} from '../../../src/media/uplink/encodings.ts'
import { seededRandom } from '../../fakes/seeded-schedule.ts'

const HD = { width: 1280, height: 720 }
const untold: ReceiverView = { camera: null, screen: null }
const alone = { camera: HD, screen: null }

function cameraFor(width: number, height: number, receivers = 1): { scaleResolutionDownBy: number, maxBitrateBps: number, active: boolean } {
  const [plan] = planEncodings(Array.from({ length: receivers }, () => ({ camera: { width, height }, screen: null })), alone)
  if (plan === undefined) throw new Error('no plan')
  return plan.camera
}

test('the picture sent is never smaller than shown, and less than a step larger', () => {
  for (const [shownWidth, shownHeight, scale] of [
    [1280, 720, 1], [1279, 719, 1], [960, 540, 4 / 3], [853, 480, 1.5], [854, 481, 4 / 3], [640, 360, 2], [641, 360, 1.5],
    [320, 180, 4], [160, 90, 8], [16, 9, 8], [4000, 3000, 1],
  ] as const) {
    expect([shownWidth, shownHeight, cameraFor(shownWidth, shownHeight).scaleResolutionDownBy]).toEqual([shownWidth, shownHeight, scale])
  }
})

test('an upright tile that crops the picture gets its full height', () => {
  expect(cameraFor(200, 720).scaleResolutionDownBy).toBe(1)
})

test('before a receiver has said how it shows us, it gets a moderate picture', () => {
  const [plan] = planEncodings([untold], alone)
  expect(plan?.camera).toMatchObject({ active: true, scaleResolutionDownBy: 2 })
  expect(plan?.screen).toMatchObject({ active: true, scaleResolutionDownBy: 1 })
})

test('a video that is not on the screen is not sent, and its share goes to the others', () => {
  const hidden = { width: 0, height: 0 }
  const [first, second] = planEncodings([{ camera: HD, screen: hidden }, { camera: hidden, screen: HD }], { camera: HD, screen: HD })
  expect([first?.camera.active, first?.screen.active, second?.camera.active, second?.screen.active]).toEqual([true, false, false, true])
  expect(first?.camera.maxBitrateBps).toBe(CAMERA_BUDGET_SHARING_BPS)
  expect(second?.screen.maxBitrateBps).toBe(SCREEN_BUDGET_BPS)
})

test.each([
  ['all who show us alike get alike', [HD, HD, HD], [833_333, 833_333, 833_334]],
  ['who shows us large gets what small tiles leave', [HD, { width: 160, height: 90 }, { width: 160, height: 90 }], [1_200_000, 80_000, 80_000]],
  ['nobody gets more than the picture can use', [{ width: 320, height: 180 }, { width: 320, height: 180 }], [180_000, 180_000]],
  ['two who show us large divide what one leaves', [HD, { width: 160, height: 90 }, HD], [1_200_000, 80_000, 1_200_000]],
] as const)('%s', (_rule, views, rates) => {
  const plans = planEncodings(views.map((camera) => ({ camera, screen: null })), alone)
  expect(plans.map(({ camera }) => camera.maxBitrateBps)).toEqual(rates)
})

test('while a screen is shared, what the small tiles of a camera leave goes to the large one', () => {
  const plans = planEncodings([HD, { width: 160, height: 90 }, { width: 160, height: 90 }].map((camera) => ({ camera, screen: HD })), { camera: HD, screen: HD })
  expect(plans.map(({ camera }) => camera.maxBitrateBps)).toEqual([640_000, 80_000, 80_000])
})

test('more receivers mean a smaller picture for each, however large they show it', () => {
  const heights = [1, 2, 3, 4, 7, 8, 20].map((receivers) => 720 / cameraFor(1280, 720, receivers).scaleResolutionDownBy)
  expect(heights).toEqual([720, 540, 540, 360, 360, 180, 180])
})

test('a camera smaller than the view is never scaled up', () => {
  const [plan] = planEncodings([{ camera: HD, screen: null }], { camera: { width: 320, height: 240 }, screen: null })
  expect(plan?.camera.scaleResolutionDownBy).toBe(1)
})

test('what is sent to all together stays in budget, whatever they show', () => {
  const random = seededRandom(7)
  for (let round = 0; round < 500; round++) {
    const view = (): ReceiverView['camera'] =>
      random() < 0.2 ? null : { width: Math.floor(random() * 3 * 640), height: Math.floor(random() * 3 * 360) }
    const receivers = Array.from({ length: 1 + Math.floor(random() * 20) }, () => ({ camera: view(), screen: view() }))
    const sharing = random() < 0.5
    const plans = planEncodings(receivers, { camera: HD, screen: sharing ? HD : null })
    const sum = (of: 'camera' | 'screen'): number =>
      plans.reduce((total, plan) => total + (plan[of].active ? plan[of].maxBitrateBps : 0), 0)
    expect(sum('camera')).toBeLessThanOrEqual(sharing ? CAMERA_BUDGET_SHARING_BPS : CAMERA_BUDGET_BPS)
    expect(sum('screen')).toBeLessThanOrEqual(SCREEN_BUDGET_BPS)
  }
})

test('a thin path leaves of a plan what it carries, and never adds to it', () => {
  const [plan] = planEncodings([{ camera: { width: 640, height: 360 }, screen: HD }], { camera: HD, screen: HD })
  if (plan === undefined) throw new Error('no plan')
  const limits = {
    audio: { maxBitrateBps: 24_000, adaptivePtime: true },
    camera: { height: 270, maxFramerate: 12, maxBitrateBps: 120_000 },
    screen: { maxFramerate: 4 },
  }
  const thin = limitEncodings(plan, limits, HD)
  expect(thin.audio).toEqual(limits.audio)
  expect(thin.camera).toEqual({
    active: true, maxBitrateBps: 120_000, scaleResolutionDownBy: 3, maxFramerate: 12, degradationPreference: 'maintain-framerate',
  })
  expect(thin.screen).toEqual({ ...plan.screen, maxFramerate: 4 })
  expect(limitEncodings(plan, { ...limits, camera: null }, HD).camera.active).toBe(false)
  const ample = { ...limits, camera: { height: Infinity, maxFramerate: 60, maxBitrateBps: Infinity }, screen: { maxFramerate: 60 } }
  expect(limitEncodings(plan, ample, HD)).toMatchObject({ camera: plan.camera, screen: plan.screen })
})

test('a face gives up size, but of a small picture frames; a screen never gives up size', () => {
  const kept = (width: number, height: number): (RTCDegradationPreference | undefined)[] => {
    const [plan] = planEncodings([{ camera: { width, height }, screen: HD }], { camera: HD, screen: HD })
    return [plan?.camera.degradationPreference, plan?.screen.degradationPreference]
  }
  expect(kept(1280, 720)).toEqual(['maintain-framerate', 'maintain-resolution'])
  expect(kept(321, 181)).toEqual(['maintain-framerate', 'maintain-resolution'])
  expect(kept(320, 180)).toEqual(['maintain-resolution', 'maintain-resolution'])
})

test('a shared film gives up size and goes on moving, however thin the path; text keeps every letter', () => {
  const FULL_HD = { width: 1920, height: 1080 }
  const share = (purpose: 'text' | 'motion', receivers: number) => {
    const plans = planEncodings(Array.from({ length: receivers }, () => ({ camera: HD, screen: FULL_HD })), { camera: null, screen: FULL_HD, screenPurpose: purpose })
    const [plan] = plans
    if (plan === undefined) throw new Error('no plan')
    return { plan, height: 1080 / plan.screen.scaleResolutionDownBy, rates: plans.reduce((sum, { screen }) => sum + screen.maxBitrateBps, 0) }
  }
  expect([1, 3, 7].map((receivers) => share('text', receivers).height)).toEqual([1080, 1080, 1080])
  expect([1, 3, 7].map((receivers) => share('motion', receivers).height)).toEqual([1080, 720, 540])
  expect(share('motion', 7).plan.screen).toMatchObject({ maxFramerate: 30, degradationPreference: 'maintain-framerate' })
  expect(share('motion', 7).rates).toBeLessThanOrEqual(SCREEN_BUDGET_BPS)
  const limits = { audio: { maxBitrateBps: 24_000, adaptivePtime: true }, camera: null, screen: { maxFramerate: 2 } }
  expect(limitEncodings(share('text', 1).plan, limits, HD).screen.maxFramerate).toBe(2)
  expect(limitEncodings(share('motion', 1).plan, limits, HD).screen.maxFramerate).toBe(15)
})
