import { expect, test } from 'vitest'
import { FIRST_PACE, STEPS, nextPace, type Pace, type PaceSample } from '../../../src/media/effects/background/pace.ts'

const LAST = STEPS.length - 1
/** Three seconds of a camera, of which this share was work. */
const sample = (busy: number, framesPerSecond = 30): PaceSample => ({ elapsedMs: 3_000, workMs: 3_000 * busy, frames: 3 * framesPerSecond })
const at = (step: number, more: Partial<Pace> = {}): Pace => ({ ...FIRST_PACE, step, ...more })

test.each<[string, Pace, PaceSample, Partial<Pace> | null]>([
  ['a machine that keeps up stays', at(0), sample(0.5), { step: 0 }],
  ['a thread that is just not too busy stays', at(0), sample(0.8), { step: 0 }],
  ['a thread that is too busy does less', at(0), sample(0.81), { step: 1 }],
  ['one step at a time', at(1), sample(1), { step: 2 }],
  ['at the last step a few pictures a second are better than none', at(LAST), sample(1, 5), { step: LAST }],
  ['fewer are not', at(LAST), sample(1, 4.9), null],
  ['no pictures say nothing about us', at(2, { easyMs: 9_000 }), sample(0, 0), { step: 2, easyMs: 0 }],
  ['a pause in which no time passes neither', at(2), { elapsedMs: 0, workMs: 0, frames: 0 }, { step: 2 }],
  ['what is easy is easy for a while first', at(2), sample(0.1), { step: 2, easyMs: 3_000 }],
  ['then a better step is tried, and a longer while is asked for next time', at(2, { easyMs: 12_000 }), sample(0.1), { step: 1, easyMs: 0, patienceMs: 30_000 }],
  ['what is not quite easy begins the while anew', at(2, { easyMs: 12_000 }), sample(0.4), { step: 2, easyMs: 0 }],
])('%s', (_rule, pace, seen, expected) => {
  const next = nextPace(pace, seen)
  if (expected === null) expect(next).toBeNull()
  else expect(next).toMatchObject(expected)
})

test('each step costs less than the one before, and none more than half of it', () => {
  const cost = STEPS.map(({ maskEvery, maxHeight, framesPerSecond }) => framesPerSecond * (1 / maskEvery + (maxHeight / 720) ** 2))
  for (const [index, each] of cost.entries()) if (index > 0) expect(each).toBeLessThan(cost[index - 1] ?? 0)
})

test('a machine between two steps tries the better one less and less often', () => {
  let pace: Pace = FIRST_PACE
  const climbs: number[] = []
  for (let seconds = 0; seconds < 1_200; seconds += 3) {
    const next = nextPace(pace, sample(pace.step === 0 ? 0.9 : 0.3))
    if (next === null) throw new Error('given up')
    if (next.step < pace.step) climbs.push(seconds)
    pace = next
  }
  expect(climbs.length).toBeGreaterThan(2)
  expect(climbs.length).toBeLessThan(8)
})
