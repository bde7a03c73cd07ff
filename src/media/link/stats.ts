/** Reads what a browser counts about one connection. Only what is asked for is looked at, and nothing is taken on trust. */

/** One entry of a stats report. https://www.w3.org/TR/webrtc-stats/ */
export type StatsEntry = Readonly<Record<string, unknown>>

/** Nobody needs statistics that took longer than this, milliseconds. */
const PATIENCE_MS = 2_000

/**
 * A connection's statistics; empty ones once it is closed. Settles in any case: where a connection is closed while they are
 * collected Firefox 153 never does, and whoever takes one look after the other would never take another.
 */
export function statsOf(pc: RTCPeerConnection): Promise<RTCStatsReport> {
  if (pc.signalingState === 'closed') return Promise.resolve(new Map())
  const { promise, resolve, reject } = Promise.withResolvers<RTCStatsReport>()
  const limit = setTimeout(() => resolve(new Map()), PATIENCE_MS)
  pc.getStats().then(resolve, reject).finally(() => clearTimeout(limit))
  return promise
}

/** The entries of a connection's statistics; none once it is closed. */
export async function readStats(pc: RTCPeerConnection): Promise<StatsEntry[]> {
  const entries = [...(await statsOf(pc)).values() as Iterable<unknown>]
  return entries.filter((entry): entry is StatsEntry => typeof entry === 'object' && entry !== null)
}

/** Where arriving bytes are counted: media by its sections, and everything else, heartbeats and reports, by its transport. */
const COUNTED = new Set<unknown>(['transport', 'candidate-pair', 'inbound-rtp'])

/** A number that grows whenever anything arrives but checks of connectivity, which say nothing of the other direction. */
export function receivedBytes(entries: readonly StatsEntry[]): number {
  return entries.filter(({ type }) => COUNTED.has(type)).reduce((sum, entry) => sum + (numberOf(entry, 'bytesReceived') ?? 0), 0)
}

/** A finite number in an entry; null when there is none. */
export function numberOf(entry: StatsEntry, key: string): number | null {
  const value = entry[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** A text in an entry; null when there is none, or an empty one. */
export function textOf(entry: StatsEntry, key: string): string | null {
  const value = entry[key]
  return typeof value === 'string' && value !== '' ? value : null
}
