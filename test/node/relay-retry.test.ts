import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RelayAttempts } from '../../src/node/relay-attempts.ts'
import { dialLimitMs, patienceMs, retryPauseMs } from '../../src/node/relay-retry.ts'
import type { RetryFacts } from '../../src/node/relay-retry.ts'

const noJitter = (): number => 0
const MINUTE = 60_000

/** Facts, then the pauses after the first, second, third, fourth and fiftieth failure. */
const pauses: [string, Omit<RetryFacts, 'failures'>, number[]][] = [
  ['the only relay, lost a moment ago, is tried all the time', { sinceServedMs: 0, hasOthers: false }, [300, 600, 1_200, 1_500, 1_500]],
  ['and so for a whole minute', { sinceServedMs: MINUTE - 1, hasOthers: false }, [300, 600, 1_200, 1_500, 1_500]],
  ['after that with patience', { sinceServedMs: MINUTE, hasOthers: false }, [1_000, 2_000, 4_000, 5_000, 5_000]],
  ['with patience, too, while another serves', { sinceServedMs: 0, hasOthers: true }, [1_000, 2_000, 4_000, 5_000, 5_000]],
  ['what served ten minutes ago is a stranger', { sinceServedMs: 10 * MINUTE, hasOthers: false }, [1_000, 2_000, 4_000, 8_000, 30_000]],
  ['what never served is one as well', { sinceServedMs: Infinity, hasOthers: true }, [1_000, 2_000, 4_000, 8_000, 30_000]]
]

describe('pauses between attempts', () => {
  test.each(pauses)('%s', (_rule, facts, expected) => {
    expect([1, 2, 3, 4, 50].map((failures) => retryPauseMs({ ...facts, failures }, noJitter))).toEqual(expected)
  })

  test('chance only makes them shorter', () => {
    const facts = { failures: 3, sinceServedMs: 0, hasOthers: false }
    expect(retryPauseMs(facts, () => 1)).toBeLessThan(retryPauseMs(facts, noJitter))
  })

  test.each([
    [0, 0, 100, 1_500], [0, 0, 800, 2_400], [0, 0, 5_000, 4_000], [0, 0, undefined, 4_000], [0, 1, 100, 4_000],
    [MINUTE - 1, 3, 100, 4_000], [0, 4, 100, 15_000], [MINUTE, 0, 100, 15_000], [Infinity, 0, undefined, 15_000]
  ])('a relay that served %i ms ago, has failed %i times since, and once connected in %s ms has %i ms to answer a dial', (sinceServedMs, failures, connectMs, expected) => {
    expect(dialLimitMs({ failures, sinceServedMs, connectMs })).toBe(expected)
  })

  test.each([[undefined, 2_500], [0, 2_500], [400, 2_500], [500, 3_000], [900, 5_400], [5_000, 6_000]])(
    'a relay %s ms away has %i ms to show that it is there', (rtt, expected) => {
      expect(patienceMs(rtt)).toBe(expected)
    })
})

describe('attempts', () => {
  beforeEach(() => { vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }) })
  afterEach(() => { vi.useRealTimers() })

  const known = (...keys: string[]) => keys.map((key) => ({ key, addresses: [`/${key}`] }))
  const dial = () => ({ controller: new AbortController(), startedAt: Date.now() })

  test('those that rest make way for those behind them', () => {
    const attempts = new RelayAttempts()
    attempts.failed('a', true)
    attempts.failed('b', true)
    expect(attempts.due(known('a', 'b', 'c', 'd'), 1)).toEqual(known('c'))
  })

  test('dials under way count against the limit', () => {
    const attempts = new RelayAttempts()
    attempts.at('a').dial = dial()
    expect(attempts.due(known('a', 'b', 'c'), 2)).toEqual(known('b'))
    expect(attempts.due(known('a', 'b', 'c'), 1)).toEqual([])
  })

  test('the next look is when the first of those that rest is due', () => {
    const attempts = new RelayAttempts()
    expect(attempts.nextMs(known('a'))).toBeUndefined()
    attempts.failed('a', true)
    for (let i = 0; i < 5; i++) attempts.failed('b', true)
    const waitMs = attempts.nextMs(known('a', 'b')) ?? 0
    expect(waitMs).toBeGreaterThan(0)
    vi.advanceTimersByTime(waitMs)
    expect(attempts.due(known('a', 'b'), 6)).toEqual(known('a'))
  })

  test('a relay that served for long is dialled at once when it is lost', () => {
    const attempts = new RelayAttempts()
    attempts.connected('a')
    attempts.serves('a')
    vi.advanceTimersByTime(11_000)
    attempts.lost('a', false)
    expect(attempts.due(known('a'), 6)).toEqual(known('a'))
  })

  test('one that hangs up again and again has to wait longer and longer', () => {
    const attempts = new RelayAttempts()
    const waits: number[] = []
    for (let round = 0; round < 4; round++) {
      attempts.connected('a')
      attempts.serves('a')
      attempts.lost('a', false)
      waits.push(attempts.nextMs(known('a')) ?? 0)
    }
    expect(waits.every((wait) => wait > 0)).toBe(true)
    expect(waits.at(-1)).toBeGreaterThan(waits[0] ?? 0)
  })

  test('waking up ends all waiting, and dials of before', () => {
    const attempts = new RelayAttempts()
    attempts.failed('a', true)
    const stale = attempts.at('b').dial = dial()
    vi.advanceTimersByTime(2_000)
    const fresh = attempts.at('c').dial = dial()
    attempts.reset()
    expect([stale, fresh].map(({ controller }) => controller.signal.aborted)).toEqual([true, false])
    expect(attempts.due(known('a', 'b', 'c'), 6)).toEqual(known('a', 'b'))
  })

  test('a relay without room is asked again later, and one that has not shown what it is not at all', async () => {
    const attempts = new RelayAttempts()
    const relay = { remotePeer: 'a' }
    expect(attempts.askable([relay])).toEqual([])
    attempts.connected('a')
    attempts.serves('a')
    expect(attempts.askable([relay])).toEqual([relay])
    await attempts.ask('a', async () => false)
    expect(attempts.askable([relay])).toEqual([])
    vi.advanceTimersByTime(2_000)
    expect(attempts.askable([relay])).toEqual([relay])
    const asking = attempts.ask('a', () => new Promise((resolve) => { setTimeout(resolve, 60_000, true) }))
    vi.advanceTimersByTime(59_000)
    expect(attempts.askable([relay])).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(await asking).toBe(true)
    expect(attempts.askable([relay])).toEqual([relay])
  })
})
