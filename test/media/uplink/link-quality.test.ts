import { expect, test } from 'vitest'
import { FRESH_QUALITY, nextQuality } from '../../../src/media/uplink/link-quality.ts'
import type { PathView } from '../../../src/media/uplink/path-sample.ts'

const FINE: PathView = { availableBps: 2_000_000, roundTripMs: 60, sentBps: 500_000, queueMs: 0, sentLoss: 0, receivedLoss: 0, concealed: 0, heldMs: 40 }

/** One look a second, so many at each path; gives what was said at the end of each. */
function look(...parts: readonly (readonly [seconds: number, seen: Partial<PathView>])[]): string[] {
  let state = FRESH_QUALITY
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
  expect(look(...parts)).toEqual(expected)
})
