import type { CandidatePairInfo } from '../types.ts'
import { statsOf } from './stats.ts'

type Entry = Record<string, unknown>

/** The candidate pairs that a connection has tried or may try, the one in use first. Empty once it is closed. */
export async function candidatePairs(pc: RTCPeerConnection): Promise<CandidatePairInfo[]> {
  return readPairs((await statsOf(pc)).values() as Iterable<unknown>)
}

/** Reads the pairs from the entries of a stats report. https://www.w3.org/TR/webrtc-stats/#candidatepair-dict* */
export function readPairs(stats: Iterable<unknown>): CandidatePairInfo[] {
  const entries = new Map<string, Entry>()
  for (const entry of stats) if (isEntry(entry)) entries.set(String(entry['id']), entry)
  const chosen = new Set<unknown>()
  for (const entry of entries.values()) if (entry['type'] === 'transport') chosen.add(entry['selectedCandidatePairId'])
  const pairs = [...entries.values()].filter(({ type }) => type === 'candidate-pair').map((pair) => readPair(pair, entries, chosen))
  return pairs.sort((a, b) => Number(b.selected) - Number(a.selected))
}

function readPair(pair: Entry, entries: ReadonlyMap<string, Entry>, chosen: ReadonlySet<unknown>): CandidatePairInfo {
  const local = entries.get(String(pair['localCandidateId'])) ?? {}
  const remote = entries.get(String(pair['remoteCandidateId'])) ?? {}
  const seconds = pair['currentRoundTripTime']
  return {
    local: typeOf(local),
    remote: typeOf(remote),
    protocol: local['protocol'] === 'tcp' ? 'tcp' : 'udp',
    relayProtocol: textOf(local['relayProtocol']),
    state: textOf(pair['state']) ?? 'unknown',
    // Firefox says so at the pair itself.
    selected: chosen.has(pair['id']) || pair['selected'] === true,
    rttMs: typeof seconds === 'number' ? Math.round(seconds * 1_000) : null,
  }
}

const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const

function typeOf(candidate: Entry): CandidatePairInfo['local'] {
  return TYPES.find((type) => type === candidate['candidateType']) ?? 'unknown'
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null
}
