import { describe, expect, test } from 'vitest'
import { allPairs, isDirectPossible, SITE_KINDS } from './kinds.ts'

describe('a direct way', () => {
  test.each([
    ['open', 'open', true],
    ['open', 'symmetric', true],
    ['full-cone', 'symmetric', true],
    ['address-restricted', 'symmetric', true],
    ['port-restricted', 'port-restricted', true],
    ['port-restricted', 'symmetric', false],
    ['symmetric', 'symmetric', false],
    ['open', 'udp-blocked', false],
    ['open', 'https-only', false],
    ['https-only', 'udp-blocked', false]
  ] as const)('between %s and %s: %s', (a, b, possible) => {
    expect([isDirectPossible(a, b), isDirectPossible(b, a)]).toEqual([possible, possible])
  })
})

test('each pair is tried once, in either order', () => {
  const pairs = allPairs().map((pair) => pair.toSorted().join(' '))
  expect(new Set(pairs).size).toBe(pairs.length)
  expect(pairs).toHaveLength(SITE_KINDS.length * (SITE_KINDS.length + 1) / 2)
})
