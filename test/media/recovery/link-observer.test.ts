import { expect, test } from 'vitest'
import { DecoderWatch, videoSample, type DecoderStep } from '../../../src/media/recovery/decoder-watch.ts'
import { DetourWatch } from '../../../src/media/recovery/detour-watch.ts'
import { LinkObserver, type Observed } from '../../../src/media/recovery/link-observer.ts'
import { isSamePath, linkPath } from '../../../src/media/link/link-path.ts'
import { receivedBytes, type StatsEntry } from '../../../src/media/link/stats.ts'
import type { LinkPath } from '../../../src/media/types.ts'

/** The statistics of a connection whose media goes between these two candidates. */
function statsOf(local: StatsEntry, remote: StatsEntry, pair: StatsEntry = {}): StatsEntry[] {
  return [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P2', bytesReceived: 1_000 },
    { id: 'P1', type: 'candidate-pair', localCandidateId: 'X', remoteCandidateId: 'R', currentRoundTripTime: 9, nominated: true },
    { id: 'P2', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', currentRoundTripTime: 0.0234, ...pair },
    { id: 'X', type: 'local-candidate', candidateType: 'relay', relayProtocol: 'tls', url: 'turns:other.test:443' },
    { id: 'L', type: 'local-candidate', protocol: 'udp', ...local },
    { id: 'R', type: 'remote-candidate', protocol: 'udp', ...remote },
  ]
}

const host = { candidateType: 'host' }

test.each<[string, StatsEntry, StatsEntry, ReturnType<typeof linkPath>]>([
  ['two hosts', host, host, { relay: null, protocol: 'udp', roundTripMs: 23 }],
  ['through two routers', { candidateType: 'srflx' }, { candidateType: 'prflx' }, { relay: null, protocol: 'udp', roundTripMs: 23 }],
  ['over TCP', { ...host, protocol: 'tcp' }, host, { relay: null, protocol: 'tcp', roundTripMs: 23 }],
  ['our relay over UDP', { candidateType: 'relay', relayProtocol: 'udp', url: 'turn:relay.test:3478?transport=udp' }, host,
    { relay: 'relay.test', protocol: 'udp', roundTripMs: 23 }],
  ['our relay over TLS', { candidateType: 'relay', relayProtocol: 'tls', url: 'turns:[2001:db8::1]:443?transport=tcp' }, host,
    { relay: '[2001:db8::1]', protocol: 'tls', roundTripMs: 23 }],
  ['our relay, of which the browser does not tell the URL', { candidateType: 'relay', relayProtocol: 'tcp', address: '192.0.2.1' }, host,
    { relay: '192.0.2.1', protocol: 'tcp', roundTripMs: 23 }],
  ['their relay', host, { candidateType: 'relay', address: '192.0.2.2' }, { relay: '192.0.2.2', protocol: 'udp', roundTripMs: 23 }],
  ['their relay, without an address', host, { candidateType: 'relay' }, { relay: '', protocol: 'udp', roundTripMs: 23 }],
])('the path is read: %s', (_what, local, remote, path) => {
  expect(linkPath(statsOf(local, remote))).toEqual(path)
})

test('a browser without transports tells the selected pair at the pair', () => {
  const stats = statsOf(host, host, { selected: true }).filter(({ type }) => type !== 'transport')
  expect(linkPath(stats)).toEqual({ relay: null, protocol: 'udp', roundTripMs: 23 })
})

test('without a selected pair there is no path, and without a measurement no round trip', () => {
  expect(linkPath([])).toBe(null)
  expect(linkPath(statsOf(host, host).filter(({ id }) => id !== 'P2'))).toBe(null)
  expect(linkPath(statsOf(host, host, { currentRoundTripTime: undefined }))?.roundTripMs).toBe(null)
})

test('a trembling round trip is the same path, a doubled one is not', () => {
  const path = { relay: null, protocol: 'udp', roundTripMs: 100 } as const
  expect(isSamePath(path, { ...path, roundTripMs: 120 })).toBe(true)
  expect(isSamePath(path, { ...path, roundTripMs: 121 })).toBe(false)
  expect(isSamePath(path, { ...path, roundTripMs: null })).toBe(false)
  expect(isSamePath(path, { ...path, relay: 'relay.test' })).toBe(false)
  expect(isSamePath(path, null)).toBe(false)
})

test('whatever arrives counts as received, in media sections and beside them', () => {
  expect(receivedBytes([...statsOf(host, host, { bytesReceived: 20 }), { type: 'inbound-rtp', bytesReceived: 300 },
    { type: 'outbound-rtp', bytesReceived: 7 }, { type: 'inbound-rtp', bytesReceived: 'many' }])).toBe(1_320)
})

test('what one video has received is found by its section', () => {
  const stats = [
    { type: 'inbound-rtp', kind: 'audio', mid: '1', packetsReceived: 1 },
    { type: 'inbound-rtp', kind: 'video', mid: '2', packetsReceived: 500, framesDecoded: 7 },
    { type: 'inbound-rtp', kind: 'video', mid: '3', packetsReceived: 9 },
  ]
  expect(videoSample(stats, '2')).toEqual({ packets: 500, framesDecoded: 7 })
  expect(videoSample(stats, '3')).toEqual({ packets: 9, framesDecoded: 0 })
  expect(videoSample(stats, '1')).toBe(null)
  expect(videoSample(stats, null)).toBe(null)
})

/** What is done over so many seconds, looked at every two, when so many packets arrive each millisecond and so many frames come of them. */
function watch(seconds: number, { packets = 0.05, frames = 0, expected = true, watch = new DecoderWatch(), from = 0 } = {}): [number, DecoderStep][] {
  const steps: [number, DecoderStep][] = []
  for (let now = from; now <= from + seconds * 1_000; now += 2_000) {
    const step = watch.look({ packets: now * packets, framesDecoded: now * frames }, expected, now)
    if (step !== 'none') steps.push([now, step])
  }
  return steps
}

test('of packets without pictures first a key frame is asked for, again and again, and then a new connection, once', () => {
  expect(watch(30)).toEqual([
    [4_000, 'ask-key-frame'], [6_000, 'ask-key-frame'], [8_000, 'ask-key-frame'], [10_000, 'ask-key-frame'], [12_000, 'rebuild'],
    [16_000, 'ask-key-frame'], [18_000, 'ask-key-frame'], [20_000, 'ask-key-frame'], [22_000, 'ask-key-frame'], [24_000, 'ask-key-frame'],
    [26_000, 'ask-key-frame'], [28_000, 'ask-key-frame'], [30_000, 'ask-key-frame'],
  ])
})

test('nothing is done about pictures that come, a camera that is off, or a path that brings nothing', () => {
  expect(watch(30, { frames: 1 })).toEqual([])
  expect(watch(30, { expected: false })).toEqual([])
  expect(watch(30, { packets: 0.002 })).toEqual([])
})

test('another connection counts from nothing', () => {
  const decoder = new DecoderWatch()
  expect(watch(2, { watch: decoder })).toEqual([])
  decoder.restart()
  expect(watch(2, { watch: decoder, from: 4_000 })).toEqual([])
})

test('a page that did not run is not its decoder\'s fault', () => {
  const decoder = new DecoderWatch()
  expect(watch(2, { watch: decoder })).toEqual([])
  expect(watch(0, { watch: decoder, from: 62_000 })).toEqual([[62_000, 'ask-key-frame']])
})

test('an outage in which no picture came is not the decoder\'s fault', async () => {
  const steps: string[] = []
  const observer = new LinkObserver({
    askKeyFrame: () => steps.push('ask-key-frame'), onStuck: () => steps.push('rebuild'), onDetour: () => steps.push('restart-ice'),
  })
  let packets = 0
  const pc = { getStats: async () => new Map([['V', { type: 'inbound-rtp', kind: 'video', mid: '1', packetsReceived: packets, framesDecoded: 7 }]]) }
  const sections = { camera: { mid: '1' }, screen: { mid: '2' } }
  const observed = { pc, sections, told: { microphone: true, camera: true, screen: false } } as unknown as Observed
  await observer.look(observed, 0)
  observer.forget()
  // The path is back, and its first packets have come.
  for (packets = 10; packets < 30; packets += 10) await observer.look(observed, 20_000 + packets * 200)
  expect(steps).toEqual([])
})

/** When a restart is thought worth it over so many seconds on this path, looked at every two. */
function detours(seconds: number, path: LinkPath | null, watch = new DetourWatch(), from = 0): number[] {
  const told: number[] = []
  for (let now = from; now <= from + seconds * 1_000; now += 2_000) if (watch.look(path, now)) told.push(now)
  return told
}

const byTcp: LinkPath = { relay: 'relay.test', protocol: 'tcp', roundTripMs: 20 }

test('from TURN by TCP or TLS a better path is looked for, once it is quiet, and seldom again', () => {
  expect(detours(600, byTcp)).toEqual([10_000, 310_000])
  expect(detours(20, { ...byTcp, protocol: 'tls' })).toEqual([10_000])
})

test('UDP, no relay and no path are no detours', () => {
  for (const path of [{ ...byTcp, protocol: 'udp' as const }, { ...byTcp, relay: null }, null]) expect(detours(60, path)).toEqual([])
})

test('a restart that leaves no path for a moment is not followed by another', () => {
  const watch = new DetourWatch()
  expect(detours(10, byTcp, watch)).toEqual([10_000])
  expect(detours(4, null, watch, 12_000)).toEqual([])
  expect(detours(200, byTcp, watch, 18_000)).toEqual([])
})

test('each path has its own time to settle', () => {
  const watch = new DetourWatch()
  expect(detours(8, byTcp, watch)).toEqual([])
  expect(detours(2, null, watch, 10_000)).toEqual([])
  expect(detours(8, byTcp, watch, 14_000)).toEqual([])
  expect(detours(2, byTcp, watch, 24_000)).toEqual([24_000])
})
