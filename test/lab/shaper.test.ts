import { describe, expect, test } from 'vitest'
import { CLEAR, Shaper } from './shaper.ts'
import type { Shape } from './shaper.ts'

/** The same numbers on every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function shaper(shape: Partial<Shape>): Shaper {
  const made = new Shaper(numbers(1))
  made.shape = { ...CLEAR, ...shape }
  return made
}

test('a clear line passes everything at once', () => {
  expect([0, 1, 1].map((now) => shaper({}).admit(1_000, now))).toEqual([0, 1, 1])
})

test('a cut line passes nothing', () => {
  expect(shaper({ cut: true }).admit(1, 0)).toBeUndefined()
})

test('packets take the delay and at most the jitter more, and do not overtake each other', () => {
  const line = shaper({ delayMs: 50, jitterMs: 30 })
  const took = Array.from({ length: 1_000 }, (_, at) => line.admit(100, at * 40)! - at * 40)
  expect(Math.min(...took)).toBeGreaterThanOrEqual(50)
  expect(Math.max(...took)).toBeLessThanOrEqual(80)
  const close = Array.from({ length: 1_000 }, (_, at) => line.admit(100, 100_000 + at)!)
  expect(close).toEqual(close.toSorted((a, b) => a - b))
})

describe('a rate', () => {
  test('lets each packet wait for those before it', () => {
    const line = shaper({ kbps: 800 })
    expect([0, 0, 5, 100].map((now) => line.admit(1_000, now))).toEqual([10, 20, 30, 110])
  })

  test('drops what does not fit into the queue', () => {
    const line = shaper({ kbps: 800, queueBytes: 2_000 })
    expect([0, 0, 0, 10].map((now) => line.admit(1_000, now))).toEqual([10, 20, undefined, 30])
  })
})

describe('loss', () => {
  const lostOf = (shape: Partial<Shape>): boolean[] => {
    const line = shaper(shape)
    return Array.from({ length: 100_000 }, (_, at) => line.admit(100, at) === undefined)
  }
  const part = (lost: readonly boolean[]): number => lost.filter(Boolean).length / lost.length
  const burst = (lost: readonly boolean[]): number => lost.filter(Boolean).length / lost.filter((is, index) => is && !lost[index - 1]).length

  test.each([[0.02, 1, 1 / 0.98], [0.1, 1, 1 / 0.9], [0.1, 5, 5], [0.3, 3, 3]])('of %f in bursts of %i', (loss, length, expected) => {
    const lost = lostOf({ loss, burst: length })
    expect(part(lost)).toBeCloseTo(loss, 1)
    expect(Math.abs(part(lost) / loss - 1)).toBeLessThan(0.1)
    expect(Math.abs(burst(lost) / expected - 1)).toBeLessThan(0.1)
  })

  test.each([[0, 0], [1, 1]])('of %i is exact', (loss, expected) => {
    expect(part(lostOf({ loss }))).toBe(expected)
  })
})
