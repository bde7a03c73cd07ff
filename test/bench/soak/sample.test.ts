import { describe, expect, it } from 'vitest'
import { costPerClient, cpuShare, handleDifference, slope } from '../../../bench/soak/sample.ts'
import type { Sample } from '../../../bench/soak/sample.ts'

function sample(values: Partial<Sample>): Sample {
  return { atMs: 0, rssSeen: 0, rss: 0, heapUsed: 0, external: 0, cpuMs: 0, handles: {}, files: 0, ...values }
}

describe('what a client costs', () => {
  it('is the difference that all of them make, divided among them', () => {
    const empty = sample({ rss: 1_000, heapUsed: 100, external: 10 })
    const full = sample({ rss: 3_000, heapUsed: 500, external: 20 })
    expect(costPerClient(empty, full, 10)).toEqual({ rss: 200, heap: 40, external: 1 })
  })

  it('is a share of a core between two samples', () => {
    expect(cpuShare(sample({ atMs: 1_000, cpuMs: 50 }), sample({ atMs: 3_000, cpuMs: 550 }))).toBe(0.25)
  })
})

describe('the slope', () => {
  it('does not depend on what the first client meets', () => {
    expect(slope([[1, 1_010], [2, 1_020], [3, 1_030]])).toBeCloseTo(10)
  })

  it('is the best through points that are no line', () => {
    expect(slope([[0, 0], [1, 3], [2, 2]])).toBeCloseTo(1)
  })

  it('is not a number where there is nothing to compare', () => {
    expect(slope([[5, 1], [5, 2]])).toBeNaN()
  })
})

describe('the difference of handles', () => {
  it('names kinds that came, went or changed, and no others', () => {
    const before = { TCPSocketWrap: 5, Timeout: 2, Immediate: 1 }
    const after = { TCPSocketWrap: 5, Timeout: 4, UDPWrap: 1 }
    expect(handleDifference(before, after)).toEqual({ Timeout: 2, Immediate: -1, UDPWrap: 1 })
  })
})
