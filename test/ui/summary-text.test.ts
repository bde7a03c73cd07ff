import { expect, test } from 'vitest'
import type { CallSummary } from '../../src/room/views.ts'
import { summaryFacts, summaryText, troubleLines } from '../../src/ui/summary-text.ts'

const SUMMARY: CallSummary = {
  topic: 'garden', startedAt: 0, endedAt: 3_725_000, people: ['Ada', ''], receivedBytes: 812_000_000, sentBytes: 1_250_000, relayed: 0.334,
  worstRoundTripMs: 480, troubles: [{ name: 'Ada', at: 0, lastedMs: 12_000 }],
}

test('a call is told in a handful of facts', () => {
  expect(summaryFacts(SUMMARY).map(([, value]) => value)).toEqual(['1:02:05', 'Ada and Guest', '812 MB', '1.3 MB', '33%', '480 ms'])
  expect(summaryFacts({ ...SUMMARY, endedAt: 125_000 })[0]?.[1]).toBe('2:05 min')
  expect(summaryFacts({ ...SUMMARY, relayed: null, worstRoundTripMs: null })).toHaveLength(4)
})

test('its worst moments are sentences, and all of it can be copied', () => {
  expect(troubleLines(SUMMARY)[0]).toMatch(/^Ada was out of reach for 12 s, at /)
  expect(summaryText(SUMMARY)).toMatch(/^garden, 1970-01-01T00:00:00.000Z\nLasted: 1:02:05\n[\s\S]*Ada was out of reach/)
})
