import { describe, expect, test } from 'vitest'
import { Pace } from '../../../src/room/files/pace.ts'

interface Path {
  /** Bytes a millisecond. */
  rate: number
  roundTripMs: number
  /** Queue that others make, milliseconds. */
  others?: (now: number) => number
}

/** A path with one queue, and a receiver that always asks for as much as its pace allows; the longest queue and what came. */
function run(path: Path, pace: Pace, fromMs: number, ms: number): { queueMs: number, bytes: number, queues: number[] } {
  const { rate, roundTripMs, others = () => 0 } = path
  let freeAt = 0
  let bytes = 0
  let waiting = 0
  const arrivals: { at: number, size: number, delay: number }[] = []
  const queues: number[] = []
  for (let now = fromMs; now < fromMs + ms; now += 1) {
    while (arrivals[0] !== undefined && arrivals[0].at <= now) {
      const { size, delay } = arrivals.shift()!
      waiting -= size
      bytes += size
      pace.answered(size, delay, now)
    }
    for (let size = pace.pieceBytes(262_144); waiting === 0 || waiting + size <= pace.windowBytes; size = pace.pieceBytes(262_144)) {
      const starts = Math.max(freeAt, now + roundTripMs / 2)
      freeAt = starts + size / rate
      const begins = starts + Math.min(size, 16_384) / rate + roundTripMs / 2 + others(now)
      queues.push(starts - now - roundTripMs / 2)
      arrivals.push({ at: Math.max(begins, freeAt + roundTripMs / 2 + others(now)), size, delay: begins - now })
      waiting += size
    }
  }
  const settled = queues.slice(Math.floor(queues.length / 2))
  return { queueMs: settled.reduce((sum, each) => sum + each, 0) / settled.length, bytes, queues }
}

describe('the pace of a file', () => {
  test.each([[1_000, 10], [1_000, 200], [12_500, 2], [12_500, 100]])('uses a path of %i bytes a millisecond and %i ms', (rate, roundTripMs) => {
    const { bytes } = run({ rate, roundTripMs }, new Pace(), 0, 20_000)
    expect(bytes / 20_000).toBeGreaterThan(0.75 * rate)
  })

  test.each([[500, 20], [1_000, 10], [5_000, 50], [12_500, 100]])('stands in a short queue on a path of %i bytes a millisecond and %i ms', (rate, roundTripMs) => {
    expect(run({ rate, roundTripMs }, new Pace(), 0, 20_000).queueMs).toBeLessThan(100)
  })

  test('gives way to what comes in its way, and takes the path again afterwards', () => {
    const pace = new Pace()
    const rate = 2_000
    const alone = run({ rate, roundTripMs: 20 }, pace, 0, 10_000).bytes
    const beside = run({ rate, roundTripMs: 20, others: () => 150 }, pace, 10_000, 10_000).bytes
    const again = run({ rate, roundTripMs: 20 }, pace, 20_000, 10_000).bytes
    expect(beside).toBeLessThan(alone / 2)
    expect(again).toBeGreaterThan(0.7 * alone)
  })

  test('forgets in the end that a way was shorter once', () => {
    const pace = new Pace()
    run({ rate: 2_000, roundTripMs: 5 }, pace, 0, 5_000)
    run({ rate: 2_000, roundTripMs: 205 }, pace, 5_000, 700_000)
    expect(run({ rate: 2_000, roundTripMs: 205 }, pace, 705_000, 10_000).bytes / 10_000).toBeGreaterThan(1_000)
  })

  test('asks for small pieces where little may be under way, and never for more than is allowed', () => {
    const pace = new Pace()
    expect(pace.pieceBytes(262_144)).toBe(16_384)
    run({ rate: 50_000, roundTripMs: 20 }, pace, 0, 5_000)
    expect(pace.pieceBytes(262_144)).toBe(262_144)
    expect(pace.pieceBytes(100)).toBe(100)
    expect(pace.windowBytes).toBeLessThanOrEqual(4_194_304)
  })
})
