import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSample, statisticsBetween } from '../../../src/media/statistics/link-statistics.ts'
import type { FlowStatistics, LinkStatistics } from '../../../src/media/statistics/types.ts'

type Entry = Record<string, unknown>

/** Two reports of a call of two in Chromium, two seconds apart. */
const [EARLIER, LATER] = JSON.parse(readFileSync(new URL('../../fixtures/stats-reports.json', import.meta.url), 'utf8')) as [Entry[], Entry[]]

const between = (before: unknown[], now: unknown[], ms = 2_000): LinkStatistics => statisticsBetween(readSample(before, 0), readSample(now, ms))
const flow = ({ flows }: LinkStatistics, name: string, direction: string): FlowStatistics | undefined => flows.find((each) => each.name === name && each.direction === direction)
const value = (report: Entry[], type: string, mid: string, key: string): number =>
  Number(report.find((entry) => entry['type'] === type && entry['mid'] === mid)?.[key])
/** The later report with some entries changed. */
const changed = (match: Entry, change: Entry): Entry[] => LATER.map((entry) => Object.entries(match).every(([key, wanted]) => entry[key] === wanted) ? { ...entry, ...change } : entry)

describe('statistics of a recorded call', () => {
  test('are what the counters grew by, a second', () => {
    const now = between(EARLIER, LATER)
    const video = flow(now, 'camera', 'received')
    expect(video).toMatchObject({ codec: 'VP8', width: 320, height: 180, loss: 0, freezes: 0, concealed: null })
    expect(video?.bitsPerSecond).toBe((value(LATER, 'inbound-rtp', '1', 'bytesReceived') - value(EARLIER, 'inbound-rtp', '1', 'bytesReceived')) * 4)
    expect(video?.framesPerSecond).toBe((value(LATER, 'inbound-rtp', '1', 'framesDecoded') - value(EARLIER, 'inbound-rtp', '1', 'framesDecoded')) / 2)
    expect(flow(now, 'microphone', 'sent')).toMatchObject({ codec: 'opus', framesPerSecond: null, freezes: null })
    expect(now.roundTripMs).toBeGreaterThan(0)
    expect(now.path).toMatchObject({ relay: null, protocol: 'udp' })
    expect(now.receivedBps).toBeGreaterThan(now.flows.filter(({ direction }) => direction === 'received').reduce((sum, { bitsPerSecond }) => sum + bitsPerSecond, 0))
  })

  test('leave out what carries nothing', () => {
    expect(between(EARLIER, LATER).flows.map(({ name, direction }) => `${name} ${direction}`).toSorted())
      .toEqual(['camera received', 'camera sent', 'microphone received', 'microphone sent'])
  })

  test.each<[string, Entry, Entry, Partial<FlowStatistics>, string, string]>([
    ['packets that never came', { type: 'inbound-rtp', mid: '1' }, { packetsLost: 1e18 }, { loss: 1 }, 'camera', 'received'],
    ['packets that came late after all', { type: 'inbound-rtp', mid: '1' }, { packetsLost: -5 }, { loss: 0 }, 'camera', 'received'],
    ['freezes', { type: 'inbound-rtp', mid: '1' }, { freezeCount: 3 }, { freezes: 3 }, 'camera', 'received'],
    ['jitter', { type: 'inbound-rtp', mid: '0' }, { jitter: 0.012 }, { jitterMs: 12 }, 'microphone', 'received'],
    ['values of another kind', { type: 'inbound-rtp', mid: '1' }, { frameWidth: '320', jitter: null, codecId: 5 }, { width: null, jitterMs: null, codec: null }, 'camera', 'received'],
  ])('tell %s', (_what, match, change, wanted, name, direction) => {
    expect(flow(between(EARLIER, changed(match, change)), name, direction)).toMatchObject(wanted)
  })

  test('of a connection made anew count from nothing, and never go below it', () => {
    const now = between(LATER, EARLIER)
    expect(now.receivedBps).toBe(Number(EARLIER.find(({ type }) => type === 'transport')?.['bytesReceived']) * 4)
    for (const { bitsPerSecond, loss, framesPerSecond } of now.flows) {
      expect(bitsPerSecond).toBeGreaterThanOrEqual(0)
      expect(loss ?? 0).toBeGreaterThanOrEqual(0)
      expect(framesPerSecond ?? 0).toBeGreaterThanOrEqual(0)
    }
  })

  test('of nothing, of nonsense, and of no time at all, are finite', () => {
    for (const [before, now, ms] of [[[], [], 0], [[null, 5, 'x', {}], [{ type: 'inbound-rtp', mid: 7 }, { type: 'outbound-rtp' }], 0], [EARLIER, LATER, 0]] as const) {
      const { receivedBps, sentBps } = between([...before], [...now], ms)
      expect(Number.isFinite(receivedBps) && Number.isFinite(sentBps)).toBe(true)
    }
  })
})
