import { expect, test } from 'vitest'
import type { PathView } from '../../../src/media/uplink/path-sample.ts'
import { cameraOf, FRESH_LINK, limitsOf, nextLinkState, type LinkState } from '../../../src/media/uplink/uplink.ts'
import { shareUplink, type LinkOffer } from '../../../src/media/uplink/uplink-share.ts'
import { CAMERA_STEPS, LEAST_CAMERA, PAUSED } from '../../../src/media/uplink/uplink-steps.ts'
import { seededRandom } from '../../fakes/seeded-schedule.ts'

const CAMERA = { cameraBps: 2_500_000, screenBps: 0 }
const BOTH = { cameraBps: 800_000, screenBps: 2_500_000 }

/** A path of this estimate, in bits per second, that is used to the full, without a queue. */
function path(availableBps: number, seen: Partial<PathView> = {}): PathView {
  return { availableBps, roundTripMs: 50, sentBps: availableBps, queueMs: 0, sentLoss: 0, receivedLoss: 0, concealed: 0, heldMs: 50, ...seen }
}

/** Looks at paths, one a second, so often each. */
function look(from: LinkState, looks: readonly (readonly [seconds: number, PathView])[], demand = CAMERA): LinkState {
  let state = from
  for (const [seconds, view] of looks) {
    for (let second = 0; second < seconds; second++) state = nextLinkState(state, view, demand, view.availableBps, 1_000)
  }
  return state
}

/** A link whose estimate has had the time to grow. */
const READY = look(FRESH_LINK, [[6, path(5_000_000)]])

test('on a thin path the camera gives up size, then frames, then itself, and sound goes on', () => {
  const seen = [3_000, 1_000, 500, 350, 280, 150, 100, 80, 60, 20].map((kbps) => {
    const { camera, audio } = limitsOf(look(READY, [[2, path(kbps * 1_000)]]))
    return [kbps, camera && Math.min(720, camera.height), camera?.maxFramerate, audio.maxBitrateBps]
  })
  expect(seen).toEqual([
    [3_000, 720, 30, 60_000],
    [1_000, 540, 30, 60_000],
    [500, 360, 30, 60_000],
    [350, 270, 24, 60_000],
    [280, 270, 24, 44_000],
    [150, 180, 20, 44_000],
    [100, 180, 12, 32_000],
    [80, 180, 7, 32_000],
    [60, null, undefined, 32_000],
    [20, null, undefined, 32_000],
  ])
})

test('of a camera that is wanted small nothing is given up while that fits', () => {
  const demand = { cameraBps: 180_000, screenBps: 0 }
  expect(look(READY, [[10, path(320_000)]], demand).cameraStep).toBe(0)
  expect(look(READY, [[10, path(300_000)]], demand).cameraStep).toBe(3)
})

test('nothing is given up for a dip of one look, nor before there is an estimate', () => {
  expect(look(READY, [[1, path(60_000)], [1, path(3_000_000)], [1, path(60_000, { roundTripMs: 5_000 })]]).cameraStep).toBe(0)
  expect(nextLinkState(READY, path(0, { availableBps: null }), CAMERA, null, 1_000)).toMatchObject({ cameraStep: 0, audioStep: 0 })
})

test('the low estimate that every path begins with is not believed for some seconds', () => {
  expect(look(FRESH_LINK, [[5, path(300_000)], [1, path(3_000_000)]]).cameraStep).toBe(0)
  expect(look(FRESH_LINK, [[6, path(300_000)]]).cameraStep).toBeGreaterThan(0)
})

test('a queue that makes sound late pauses the camera, a shorter one costs a step at a time, and so does waiting to be sent', () => {
  expect(look(READY, [[2, path(3_000_000, { roundTripMs: 900 })]]).cameraStep).toBe(PAUSED)
  expect(look(READY, [[2, path(3_000_000, { roundTripMs: 400 })]]).cameraStep).toBe(1)
  expect(look(READY, [[4, path(3_000_000, { queueMs: 2_000 })]]).cameraStep).toBe(2)
})

test('a path that is merely long is not taken for a crowded one', () => {
  expect(look(FRESH_LINK, [[60, path(3_000_000, { roundTripMs: 1_200 })]]).cameraStep).toBe(0)
})

test('a paused camera comes back by itself, step by step, and stays', () => {
  const paused = look(READY, [[2, path(40_000)]])
  expect(cameraOf(paused)).toBe('paused')
  // Sound alone shows no more than this much of a path that carries everything again.
  const dim = path(70_000, { sentBps: 50_000 })
  expect(look(paused, [[2, dim]]).cameraStep).toBe(PAUSED)
  const back = look(paused, [[3, dim]])
  expect(back.cameraStep).toBe(LEAST_CAMERA)
  expect(look(back, [[3, path(400_000)]]).cameraStep).toBe(3)
  expect(look(back, [[60, path(3_000_000)]]).cameraStep).toBe(0)
})

test('each return that fails makes the next one wait longer, up to a limit, and one that lasts is forgiven', () => {
  let state = look(READY, [[2, path(40_000)]])
  const waits: number[] = []
  for (let round = 0; round < 6; round++) {
    let seconds = 0
    for (; state.cameraStep === PAUSED; seconds++) state = look(state, [[1, path(80_000)]])
    waits.push(seconds)
    state = look(state, [[2, path(40_000)]])
  }
  expect(waits).toEqual([3, 6, 12, 24, 24, 24])
  while (state.cameraStep === PAUSED) state = look(state, [[1, path(80_000)]])
  expect(look(state, [[12, path(100_000)]]).failedReturns).toBe(0)
})

test('an estimate that trembles around what a step needs does not make the camera jump', () => {
  const random = seededRandom(3)
  for (const { bps } of CAMERA_STEPS) {
    const around = (bps + 100_000) / 0.9
    let state = look(READY, [[10, path(around)]])
    let changes = 0
    for (let second = 0; second < 300; second++) {
      const next = look(state, [[1, path(around * (0.92 + 0.16 * random()))]])
      if (next.cameraStep !== state.cameraStep) changes++
      state = next
    }
    expect([bps, changes <= 1]).toEqual([bps, true])
  }
})

test('a path that has become longer is no queue: where little is sent that is soon believed, and the camera stays', () => {
  const rerouted = path(3_000_000, { sentBps: 600_000, roundTripMs: 330 })
  for (let looks = 1; looks <= 10; looks++) expect(look(READY, [[1, path(3_000_000)], [looks, rerouted]]).cameraStep).toBe(0)
})

test('what uses little of its estimate tries a step more, since the estimate cannot grow by itself', () => {
  const small = look(READY, [[2, path(220_000)]])
  expect(small.cameraStep).toBe(3)
  expect(look(small, [[3, path(220_000, { sentBps: 120_000 })]]).cameraStep).toBe(2)
  expect(look(small, [[3, path(220_000, { sentBps: 120_000, roundTripMs: 400 })]]).cameraStep).toBeGreaterThan(3)
})

test('a shared screen gives frames and keeps its size, and the camera gives way to it', () => {
  const seen = [5_000, 1_500, 800, 450, 260, 100].map((kbps) => {
    const { camera, screen } = limitsOf(look(READY, [[2, path(kbps * 1_000)]], BOTH))
    return [kbps, screen.maxFramerate, camera?.height ?? 0]
  })
  expect(seen).toEqual([
    [5_000, 30, Infinity], [1_500, 15, 360], [800, 8, 270], [450, 4, 180], [260, 4, 180], [100, 2, 0],
  ])
})

const offer = (kbps: number | null, cameraBps = 800_000): LinkOffer =>
  ({ availableBps: kbps === null ? null : kbps * 1_000, demand: { cameraBps, screenBps: 0 } })

test.each<[string, LinkOffer[], (number | null)[]]>([
  ['one thin path among others is left to itself', [offer(200), offer(2_000), offer(2_000)], [200, 2_000, 2_000]],
  ['a single path is what it is', [offer(200)], [200]],
  ['several thin paths are one thin uplink, and nobody takes what another was refused', [offer(100), offer(500)], [100, 300]],
  ['whoever wants more gets more of it', [offer(200, 200_000), offer(1_000, 2_600_000)], [120, 1_000]],
  ['what is not known limits nobody', [offer(null), offer(null)], [null, null]],
])('%s', (_, offers, kbps) => {
  expect(shareUplink(offers).map((share) => share === null ? null : Math.round(share / 1_000))).toEqual(kbps)
})

test('a divided uplink is never promised twice, and sound has its part of each share', () => {
  const random = seededRandom(5)
  for (let round = 0; round < 300; round++) {
    const offers = Array.from({ length: 2 + Math.floor(random() * 8) }, () => offer(50 + random() * 500))
    const total = offers.reduce((sum, { availableBps }) => sum + (availableBps ?? 0), 0)
    const shares = shareUplink(offers).map((share) => share ?? NaN)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(total + 1)
    shares.forEach((share, index) => expect(share).toBeGreaterThanOrEqual(Math.min(40_000, offers[index]?.availableBps ?? 0)))
  }
})
