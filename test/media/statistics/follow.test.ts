import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followStatistics } from '../../../src/media/statistics/follow.ts'
import { signal } from '../../../src/util/signals.ts'

const SECOND_MS = 1_000
const transport = (bytesReceived: number): unknown[] => [{ type: 'transport', id: 'T', bytesReceived, bytesSent: 0 }]
const person = <Peer extends string>(peer: Peer, stats: () => Promise<unknown[]>): { peer: Peer, stats: () => Promise<unknown[]> } => ({ peer, stats })

let controller: AbortController

beforeEach(() => {
  controller = new AbortController()
  vi.useFakeTimers()
})

afterEach(() => {
  controller.abort()
  vi.useRealTimers()
})

describe('followed statistics', () => {
  test('of somebody whose browser once tells nothing go on as if it had not been asked', async () => {
    const reports = [transport(1_000_000), transport(1_001_000), [], transport(1_003_000)]
    const shown = followStatistics(signal([person('ben', async () => reports.shift() ?? [])]), controller)
    await vi.advanceTimersByTimeAsync(3 * SECOND_MS)
    expect(shown.value[0]?.readings.map(({ receivedBps }) => receivedBps)).toEqual([8_000, 8_000])
  })

  test('show no burst when the clock is set back', async () => {
    let bytes = 0
    const shown = followStatistics(signal([person('ben', async () => transport(bytes += 500))]), controller)
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    vi.setSystemTime(Date.now() - 3_600_000)
    await vi.advanceTimersByTimeAsync(SECOND_MS)
    expect(shown.value[0]?.readings.map(({ receivedBps }) => receivedBps)).toEqual([4_000, 4_000])
  })

  test('of one person are shown though another one\'s are refused', async () => {
    let bytes = 0
    const people = signal([person('ann', async () => { throw new Error('refused') }), person('ben', async () => transport(bytes += 500))])
    const shown = followStatistics(people, controller)
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS)
    expect(shown.value.map(({ peer, readings }) => [peer, readings.map(({ receivedBps }) => receivedBps)])).toEqual([['ann', []], ['ben', [4_000, 4_000]]])
  })
})
