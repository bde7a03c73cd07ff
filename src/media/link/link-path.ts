import { numberOf, textOf, type StatsEntry } from './stats.ts'
import type { LinkPath } from '../types.ts'

/**
 * The way that media takes at the moment, out of a connection's statistics; null while there is none.
 * https://www.w3.org/TR/webrtc-stats/#candidatepair-dict*
 */
export function linkPath(entries: readonly StatsEntry[]): LinkPath | null {
  const pair = selectedPair(entries)
  if (pair === undefined) return null
  const byId = (key: string): StatsEntry => entries.find(({ id }) => id === pair[key]) ?? {}
  const local = byId('localCandidateId')
  const remote = byId('remoteCandidateId')
  const seconds = numberOf(pair, 'currentRoundTripTime')
  return { ...wayOf(local, remote), roundTripMs: seconds === null ? null : Math.round(seconds * 1_000) }
}

function selectedPair(entries: readonly StatsEntry[]): StatsEntry | undefined {
  const chosen = new Set(entries.filter(({ type }) => type === 'transport').map((entry) => entry['selectedCandidatePairId']))
  const pairs = entries.filter(({ type }) => type === 'candidate-pair')
  // Firefox says so at the pair itself.
  return pairs.find(({ id }) => chosen.has(id)) ?? pairs.find(({ selected }) => selected === true)
}

function wayOf(local: StatsEntry, remote: StatsEntry): Pick<LinkPath, 'relay' | 'protocol'> {
  const protocol = local['protocol'] === 'tcp' ? 'tcp' : 'udp'
  if (local['candidateType'] === 'relay') {
    const relayProtocol = local['relayProtocol']
    return {
      relay: hostOf(textOf(local, 'url')) ?? textOf(local, 'address') ?? '',
      protocol: relayProtocol === 'tcp' || relayProtocol === 'tls' ? relayProtocol : 'udp',
    }
  }
  // Of the peer's relay only the address is known, and not how the peer talks to it.
  if (remote['candidateType'] === 'relay') return { relay: textOf(remote, 'address') ?? '', protocol }
  return { relay: null, protocol }
}

/** The host of a STUN or TURN URL, https://www.rfc-editor.org/rfc/rfc7065#section-3.1 */
function hostOf(url: string | null): string | null {
  return /^turns?:(\[[^\]]+\]|[^:?]+)/i.exec(url ?? '')?.[1] ?? null
}

/** Whether two readings say the same to a person; a round trip trembles by a few milliseconds all the time. */
export function isSamePath(a: LinkPath | null, b: LinkPath | null): boolean {
  if (a === null || b === null) return a === b
  return a.relay === b.relay && a.protocol === b.protocol && isNear(a.roundTripMs, b.roundTripMs)
}

const TREMBLE_MS = 10

function isNear(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) <= Math.max(TREMBLE_MS, a / 5)
}
