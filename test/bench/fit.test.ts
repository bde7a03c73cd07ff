import { describe, expect, it } from 'vitest'
import { fitPlane, median, quantile } from '../../bench/fit.ts'

const DISTANCES = [[0, 0], [100, 200], [200, 400], [100, 0]] as const

describe('the fitted plane', () => {
  it('finds base and both slopes of points that lie on it', () => {
    const plane = fitPlane(DISTANCES.map(([cs, cc]) => ({ cs, cc, ms: 250 + 3.3 * cs + 2.6 * cc })))
    expect(plane?.base).toBeCloseTo(250)
    expect(plane?.cs).toBeCloseTo(3.3)
    expect(plane?.cc).toBeCloseTo(2.6)
    expect(plane?.residual).toBeCloseTo(0)
  })

  it('tells how far the worst point lies from it', () => {
    const points = DISTANCES.map(([cs, cc]) => ({ cs, cc, ms: cs + cc }))
    points[2] = { cs: 200, cc: 400, ms: 640 }
    const plane = fitPlane(points)
    const distances = points.map(({ cs, cc, ms }) => Math.abs(ms - plane!.base - plane!.cs * cs - plane!.cc * cc))
    expect(plane?.residual).toBeGreaterThan(1)
    expect(plane?.residual).toBeCloseTo(Math.max(...distances))
  })

  it('is none when the points lie on a line', () => {
    expect(fitPlane([[0, 0], [100, 200], [200, 400]].map(([cs = 0, cc = 0]) => ({ cs, cc, ms: cs })))).toBeUndefined()
  })
})

describe('quantiles', () => {
  it('interpolate between neighbours, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(quantile([30, 10, 20], 1)).toBe(30)
    expect(quantile([10, 20], 0.9)).toBeCloseTo(19)
  })

  it('of nothing are not a number', () => {
    expect(median([])).toBeNaN()
  })
})
