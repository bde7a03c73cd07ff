import { linkPath } from '../link/link-path.ts'
import { numberOf, textOf, type StatsEntry } from '../link/stats.ts'
import type { FlowStatistics, LinkStatistics } from './types.ts'

/** Sections in the order of their m-lines, which are called by their number. */
const NAMES = ['microphone', 'camera', 'screen', 'screenAudio'] as const

/** Counters of one section in one direction. */
interface Flow {
  name: FlowStatistics['name']
  direction: FlowStatistics['direction']
  entry: StatsEntry
  /** What the peer reports of what we send. */
  remote: StatsEntry | undefined
  codec: string | null
}

/** One look at a connection's counters. */
export interface LinkSample {
  /** Milliseconds since 1970. */
  at: number
  receivedBytes: number
  sentBytes: number
  entries: readonly StatsEntry[]
  flows: readonly Flow[]
}

/** Reads the entries of a stats report; those that make no sense are left out. https://www.w3.org/TR/webrtc-stats/ */
export function readSample(report: Iterable<unknown>, at: number): LinkSample {
  const entries = [...report].filter((entry): entry is StatsEntry => typeof entry === 'object' && entry !== null)
  const byId = new Map(entries.map((entry) => [entry['id'], entry]))
  const transports = entries.filter(({ type }) => type === 'transport')
  const total = (key: string): number => transports.reduce((sum, entry) => sum + (numberOf(entry, key) ?? 0), 0)
  return { at, entries, receivedBytes: total('bytesReceived'), sentBytes: total('bytesSent'), flows: entries.flatMap((entry) => flowOf(entry, byId)) }
}

function flowOf(entry: StatsEntry, byId: ReadonlyMap<unknown, StatsEntry>): Flow[] {
  const isReceived = entry['type'] === 'inbound-rtp'
  if (!isReceived && entry['type'] !== 'outbound-rtp') return []
  const name = NAMES[Number(textOf(entry, 'mid') ?? Number.NaN)]
  // Of several layers of one picture, the lower ones have a name of their own and would look like pictures besides.
  if (name === undefined || entry['active'] === false) return []
  const mimeType = textOf(byId.get(entry['codecId']) ?? {}, 'mimeType')
  return [{
    name, entry,
    direction: isReceived ? 'received' : 'sent',
    remote: byId.get(entry['remoteId']),
    codec: mimeType === null ? null : mimeType.slice(mimeType.indexOf('/') + 1),
  }]
}

/** What happened between two looks at the same connection. */
export function statisticsBetween(before: LinkSample, now: LinkSample): LinkStatistics {
  const seconds = Math.max(0.001, (now.at - before.at) / 1_000)
  const path = linkPath(now.entries)
  return {
    at: now.at,
    receivedBps: rate(before.receivedBytes, now.receivedBytes, seconds),
    sentBps: rate(before.sentBytes, now.sentBytes, seconds),
    roundTripMs: roundTripOf(now) ?? path?.roundTripMs ?? null,
    path,
    flows: now.flows.map((flow) => flowBetween(before.flows.find(({ entry }) => entry['id'] === flow.entry['id']), flow, seconds)).filter((flow) => flow !== null),
  }
}

/** Null for what has never carried anything: all sections exist from the start. */
function flowBetween(before: Flow | undefined, flow: Flow, seconds: number): FlowStatistics | null {
  const { name, direction, codec, entry, remote = {} } = flow
  const isReceived = direction === 'received'
  const grown = (key: string, of: StatsEntry = entry, from: StatsEntry = before?.entry ?? {}): number =>
    Math.max(0, (numberOf(of, key) ?? 0) - (numberOf(from, key) ?? 0))
  if ((numberOf(entry, isReceived ? 'bytesReceived' : 'bytesSent') ?? 0) === 0) return null
  const bits = 8 * (grown(isReceived ? 'bytesReceived' : 'bytesSent'))
  // Who sends learns from the peer's reports, of which there may be none since the last look.
  const lost = isReceived ? grown('packetsLost') : grown('packetsLost', remote, before?.remote)
  const passed = grown(isReceived ? 'packetsReceived' : 'packetsSent')
  const jitter = numberOf(isReceived ? entry : remote, 'jitter')
  const isVideo = entry['kind'] === 'video'
  const played = grown('totalSamplesReceived')
  return {
    name, direction, codec,
    bitsPerSecond: bits / seconds,
    loss: lost + passed === 0 ? null : Math.min(1, isReceived ? lost / (lost + passed) : lost / Math.max(lost, passed)),
    jitterMs: jitter === null ? null : jitter * 1_000,
    width: numberOf(entry, 'frameWidth'),
    height: numberOf(entry, 'frameHeight'),
    framesPerSecond: isVideo ? grown(isReceived ? 'framesDecoded' : 'framesEncoded') / seconds : null,
    freezes: isVideo && isReceived ? numberOf(entry, 'freezeCount') : null,
    concealed: !isVideo && isReceived && played > 0 ? Math.max(0, grown('concealedSamples') - grown('silentConcealedSamples')) / played : null,
  }
}

/** The latest that reports of the peer tell, milliseconds. */
function roundTripOf({ entries }: LinkSample): number | null {
  const told = entries.filter(({ type }) => type === 'remote-inbound-rtp')
    .map((entry) => ({ at: numberOf(entry, 'timestamp') ?? 0, seconds: numberOf(entry, 'roundTripTime') }))
    .filter((report): report is { at: number, seconds: number } => report.seconds !== null)
    .sort((a, b) => b.at - a.at)
  const [latest] = told
  return latest === undefined ? null : latest.seconds * 1_000
}

/** A connection that was made anew counts from nothing. */
function rate(before: number, now: number, seconds: number): number {
  return 8 * (now >= before ? now - before : now) / seconds
}
