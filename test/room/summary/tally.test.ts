import { describe, expect, test } from 'vitest'
import { CallTally, MOST_PEOPLE, type Standing } from '../../../src/room/summary/tally.ts'
import { peerKey } from '../../fakes/fake-network.ts'

const person = (name: string, over: Partial<Standing> = {}): Standing => ({ peer: peerKey(name), name, isConnected: true, isRelayed: false, roundTripMs: 20, ...over })

describe('a call summed up', () => {
  test('tells how long it was and who was met, not who never came through', () => {
    const tally = new CallTally('garden', 1_000)
    tally.look([person('ada', { isConnected: false }), person('bob', { isConnected: false })], 2_000)
    tally.look([person('ada'), person('bob', { isConnected: false })], 3_000)
    tally.look([person('ada', { name: 'Ada L' })], 4_000)
    expect(tally.summary(61_000)).toMatchObject({ topic: 'garden', startedAt: 1_000, endedAt: 61_000, people: ['Ada L'], troubles: [] })
  })

  test('of nobody has no share of anything', () => {
    expect(new CallTally('garden', 0).summary(10)).toMatchObject({ people: [], relayed: null, worstRoundTripMs: null, receivedBytes: 0 })
  })

  test('weighs relays by time and people', () => {
    const tally = new CallTally('garden', 0)
    tally.look([person('ada', { isRelayed: true }), person('bob')], 0)
    tally.look([person('ada'), person('bob')], 10_000)
    expect(tally.summary(20_000).relayed).toBe(0.25)
  })

  test('keeps the three longest breaks and the worst round trip, and forgives the short ones', () => {
    const tally = new CallTally('garden', 0)
    let at = 0
    tally.look([person('ada')], at)
    for (const seconds of [0.5, 4, 9, 2, 7, ...Array.from({ length: 20 }, () => 1.5)]) {
      tally.look([person('ada', { isConnected: false })], at += 1_000)
      tally.look([person('ada', { roundTripMs: 100 * seconds })], at += seconds * 1_000)
    }
    const { troubles, worstRoundTripMs } = tally.summary(at)
    expect(troubles.map(({ lastedMs }) => lastedMs)).toEqual([9_000, 7_000, 4_000])
    expect(worstRoundTripMs).toBe(900)
  })

  test('ends a break when the person leaves, and when the call does', () => {
    const tally = new CallTally('garden', 0)
    tally.look([person('ada'), person('bob')], 0)
    tally.look([person('ada', { isConnected: false }), person('bob', { isConnected: false })], 1_000)
    tally.look([person('bob', { isConnected: false })], 4_000)
    expect(tally.summary(9_000).troubles).toEqual([{ name: 'bob', at: 1_000, lastedMs: 8_000 }, { name: 'ada', at: 1_000, lastedMs: 3_000 }])
  })

  test('adds up what connections have carried, over those that were made anew', () => {
    const tally = new CallTally('garden', 0)
    tally.look([person('ada'), person('bob')], 0)
    tally.count(peerKey('ada'), 100, 10)
    tally.count(peerKey('ada'), 150, 30)
    tally.count(peerKey('ada'), 20, 5)
    tally.count(peerKey('bob'), 7, 7)
    tally.count(peerKey('cyd'), 1_000, 1_000)
    expect(tally.summary(1)).toMatchObject({ receivedBytes: 177, sentBytes: 42 })
  })

  test('remembers only so many of those who come and go, and those who stayed before those who looked in', () => {
    const tally = new CallTally('garden', 0)
    tally.look([person('ada'), person('bob')], 0)
    tally.look([person('bob')], 60_000)
    for (let count = 0; count < 3 * MOST_PEOPLE; count += 1) tally.look([person('bob'), person(`visitor${count}`)], 61_000 + 1_000 * count)
    const { people } = tally.summary(600_000)
    expect(people).toHaveLength(MOST_PEOPLE)
    expect(people.slice(0, 2)).toEqual(['ada', 'bob'])
  })
})
