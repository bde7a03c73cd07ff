import { expect, test } from 'vitest'
import { FairShares, sharesOf, TokenBuckets } from '../../../relay/limits/shares.ts'

const RATE = { burst: 4, perSecond: 1 }

test('a bucket gives its burst and then what has come back', () => {
  const buckets = new TokenBuckets(RATE)
  expect([1, 2, 3, 4, 5].map(() => buckets.take('a', 1, 0))).toEqual([true, true, true, true, false])
  expect(buckets.take('a', 1, 999)).toBe(false)
  expect(buckets.take('a', 1, 1_000)).toBe(true)
  expect(buckets.take('b', 4, 1_000)).toBe(true)
})

test('buckets that are full again are forgotten, and there are never more than the capacity', () => {
  const buckets = new TokenBuckets(RATE, 100)
  for (let name = 0; name < 1_000; name++) buckets.take(`old ${name}`, 1, 0)
  expect(buckets.size).toBe(100)
  for (let name = 0; name < 60; name++) buckets.take(`new ${name}`, 1, 10_000)
  expect(buckets.size).toBeLessThanOrEqual(60)
})

test('who has spent everything is remembered before those who have spent a little and come back', () => {
  const buckets = new TokenBuckets(RATE, 3)
  buckets.take('spent', 4, 0)
  for (let round = 0; round < 50; round++) {
    expect(buckets.take('spent', 1, 0)).toBe(false)
    buckets.take(`other ${round}`, 1, 0)
  }
})

test('a relay has the share of 32 clients, and a block that of 64 whoever it consists of', () => {
  const shares = new FairShares(sharesOf(RATE))
  const spendAll = (id: string, kind: 'client' | 'relay', block: string): number => {
    let spent = 0
    while (shares.spend({ id, kind, block }, 1, 0)) spent++
    return spent
  }
  expect(spendAll('a client', 'client', 'one')).toBe(4)
  expect(spendAll('a relay', 'relay', 'two')).toBe(128)
  let block = 0
  for (let id = 0; id < 100; id++) block += spendAll(`sybil ${id}`, 'client', 'three')
  expect(block).toBe(256)
})
