import { describe, expect, test } from 'vitest'
import { BREAK_MS, outageOf } from './outage.ts'

/** Times of pictures that come every 50 ms, from one time to another. */
const flow = (from: number, to: number): number[] => Array.from({ length: (to - from) / 50 + 1 }, (_, index) => from + index * 50)

describe('an outage', () => {
  test('is none when pictures keep coming', () => {
    expect(outageOf(flow(1_000, 5_000), 1_000, 5_000)).toEqual({ untilFlowMs: 0, longestMs: 50, steadyMs: 4_000 })
  })

  test('is over with the first picture after the break', () => {
    expect(outageOf([...flow(1_000, 1_200), ...flow(4_000, 6_000)], 1_000, 6_000)).toEqual({ untilFlowMs: 3_000, longestMs: 2_800, steadyMs: 2_000 })
  })

  test('lasts up to the last of several breaks', () => {
    expect(outageOf([...flow(3_000, 3_200), ...flow(4_000, 5_000)], 1_000, 5_000)).toEqual({ untilFlowMs: 3_000, longestMs: 2_000, steadyMs: 1_000 })
  })

  test.each([[BREAK_MS, true], [BREAK_MS + 1, false]])('is not over when the last picture is %i ms ago: %s', (ago, flows) => {
    expect(outageOf(flow(1_000, 2_000), 1_000, 2_000 + ago) !== undefined).toBe(flows)
  })

  test('is not over while no picture has come at all', () => {
    expect(outageOf([], 1_000, 1_000 + BREAK_MS + 1)).toBeUndefined()
  })
})
