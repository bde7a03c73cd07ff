import { expect, test } from 'vitest'
import { FRESH_QUALITY, nextQuality, RECOVERED_QUALITY } from '../../../src/media/uplink/link-quality.ts'
import type { PathView } from '../../../src/media/uplink/path-sample.ts'

const FINE: PathView = { availableBps: 2_000_000, roundTripMs: 60, sentBps: 500_000, queueMs: 0, sentLoss: 0, receivedLoss: 0, concealed: 0, heldMs: 40 }

type Part = readonly [seconds: number, seen: Partial<PathView>]

/** One look a second, so many at each path; gives what was said at the end of each. */
function look(parts: readonly Part[], from = FRESH_QUALITY): string[] {
  let state = from
  return parts.map(([seconds, seen]) => {
    for (let second = 0; second < seconds; second++) state = nextQuality(state, { ...FINE, ...seen }, 1_000)
    return state.quality
  })
}

test.each([
  ['nothing wrong', [[60, {}]], ['good']],
  ['what they send gets lost', [[4, { receivedLoss: 0.2 }]], ['poor']],
  ['what we send gets lost', [[4, { sentLoss: 0.2 }]], ['poor']],
  ['sound is made up', [[4, { concealed: 0.2 }]], ['poor']],
  ['the way takes a second', [[4, { roundTripMs: 1_000 }]], ['poor']],
  ['the way is not known', [[60, { roundTripMs: null }]], ['good']],
  ['a bad moment', [[2, { receivedLoss: 0.5 }], [10, {}]], ['good', 'good']],
  ['bad moments', [[2, { receivedLoss: 0.5 }], [1, {}], [2, { receivedLoss: 0.5 }]], ['good', 'good', 'good']],
  ['a good moment on a poor path', [[4, { receivedLoss: 0.2 }], [3, {}], [1, { receivedLoss: 0.2 }], [4, {}]], ['poor', 'poor', 'poor', 'poor']],
  ['a path that recovers', [[4, { receivedLoss: 0.2 }], [7, {}]], ['poor', 'good']],
  ['a path that is hardly better', [[4, { receivedLoss: 0.2 }], [60, { receivedLoss: 0.06 }]], ['poor', 'poor']],
  ['the same loss on a path that was good', [[60, { receivedLoss: 0.06 }]], ['good']],
] as const)('%s', (_what, parts, expected) => {
  expect(look(parts)).toEqual(expected)
})

/** As losses that were all reported at once, so many seconds after a link came back, look with smoothing. */
const burst = (after: number, loss: number): Part[] => [[after, {}], ...Array.from({ length: 12 }, (_, second): Part => [1, { sentLoss: loss * 0.7 ** second }])]

test.each([[0, 1], [1, 0.3], [5, 0.3]])('what got lost in an outage and is reported %i s after it says nothing of the link', (after, loss) => {
  expect(look(burst(after, loss), RECOVERED_QUALITY)).not.toContain('poor')
})

test('a link that comes back and is poor is called so', () => {
  expect(look([[8, { sentLoss: 0.2 }], [3, { sentLoss: 0.2 }]], RECOVERED_QUALITY)).toEqual(['good', 'poor'])
})
