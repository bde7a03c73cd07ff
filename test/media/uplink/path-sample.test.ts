import { expect, test } from 'vitest'
import { samplePath, viewPath, type PathSample, type PathView } from '../../../src/media/uplink/path-sample.ts'

const REPORT = [
  { type: 'candidate-pair', nominated: false, availableOutgoingBitrate: 1 },
  { type: 'candidate-pair', nominated: true, availableOutgoingBitrate: 500_000, currentRoundTripTime: 0.05, responsesReceived: 3 },
  { type: 'outbound-rtp', kind: 'audio', bytesSent: 900, headerBytesSent: 100, packetsSent: 10, totalPacketSendDelay: 0.01, retransmittedPacketsSent: 2 },
  { type: 'outbound-rtp', kind: 'video', bytesSent: 9_900, headerBytesSent: 100, packetsSent: 20, totalPacketSendDelay: 0.2, retransmittedPacketsSent: 7 },
  { type: 'remote-inbound-rtp', kind: 'audio', timestamp: 5, packetsLost: -3, roundTripTime: 9 },
  { type: 'remote-inbound-rtp', kind: 'video', timestamp: 8, packetsLost: 4, roundTripTime: 0.08 },
  { type: 'inbound-rtp', kind: 'audio', packetsReceived: 100, packetsLost: 3, nackCount: 2, totalSamplesReceived: 48_000, concealedSamples: 4_000, silentConcealedSamples: 1_600, jitterBufferEmittedCount: 40_000, jitterBufferDelay: 4_000 },
  { type: 'inbound-rtp', kind: 'video', packetsReceived: 200, packetsLost: 5, nackCount: 5 },
  null, 'neither', { type: 'codec' },
]

const EMPTY: PathSample = samplePath([])

test('a report is summed over its sections; lost are also packets that were repeated, and the newest round trip counts', () => {
  expect(samplePath(REPORT)).toEqual({
    availableBps: 500_000, reportedMs: 80, reportedAt: 8, checkedMs: 50, checks: 3, sentBits: 88_000, sentPackets: 30, waitedMs: 210, sentLost: 6,
    receivedPackets: 300, receivedLost: 10, playedSamples: 48_000, concealedSamples: 2_400, heldSamples: 40_000, heldMs: 4_000_000,
  })
})

test('of two pairs that a browser calls nominated the one in use counts, where it says which that is', () => {
  const pair = { type: 'candidate-pair', nominated: true }
  expect(samplePath([{ ...pair, selected: true, currentRoundTripTime: 0.02 }, { ...pair, selected: false, currentRoundTripTime: 0.3 }]).checkedMs).toBe(20)
})

test('a report without what is looked for is no news', () => {
  expect(EMPTY).toMatchObject({ availableBps: null, reportedMs: null, checkedMs: null, sentPackets: 0 })
  expect(viewPath(EMPTY, EMPTY, 1_000, null)).toEqual({
    availableBps: null, roundTripMs: null, sentBps: 0, queueMs: 0, sentLoss: 0, receivedLoss: 0, concealed: 0, heldMs: 0,
  })
})

test('two samples give rates, and losses are smoothed', () => {
  const now = samplePath(REPORT)
  const first = viewPath(EMPTY, now, 2_000, null)
  expect(first).toMatchObject({ sentBps: 44_000, queueMs: 7, sentLoss: 0.2, concealed: 0.05, heldMs: 100 })
  expect(first.receivedLoss).toBeCloseTo(10 / 310)
  expect(viewPath(now, now, 1_000, first).sentLoss).toBeCloseTo(0.14)
})

test('the round trip is the newest that was measured, by a check of ICE or by a report', () => {
  const before = samplePath(REPORT)
  const last: PathView = { ...viewPath(EMPTY, before, 1_000, null), roundTripMs: 900 }
  const after = (now: Partial<PathSample>): number | null => viewPath(before, { ...before, ...now }, 1_000, last).roundTripMs
  expect(after({ checks: 4, checkedMs: 60, reportedMs: 900 })).toBe(60)
  expect(after({ reportedAt: 9, reportedMs: 70 })).toBe(70)
  expect(after({})).toBe(900)
  expect(viewPath(EMPTY, { ...EMPTY, checkedMs: 40 }, 1_000, null).roundTripMs).toBe(40)
})

test('counters that begin anew, as those of a rebuilt connection do, give no rates below zero', () => {
  expect(viewPath(samplePath(REPORT), EMPTY, 1_000, null)).toMatchObject({ sentBps: 0, queueMs: 0, sentLoss: 0, receivedLoss: 0 })
})
