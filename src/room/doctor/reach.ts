/** What can be said of the network as a whole from what single relays and servers did. Pure. */
import type { Observations, RelayObservation, ServerObservation } from './types.ts'

export type Reach = 'open' | 'blocked' | 'unknown'

/** Whether some way to the relay works. */
export function isReached({ ways }: Pick<RelayObservation, 'ways'>): boolean {
  return ways.some(({ outcome }) => outcome === 'reached')
}

/** Quickest round trip to the relay, milliseconds; null when none was measured. */
export function roundTrip({ ways }: Pick<RelayObservation, 'ways'>): number | null {
  const measured = ways.flatMap(({ rttMs }) => rttMs === null ? [] : [rttMs])
  return measured.length > 0 ? Math.min(...measured) : null
}

/** Whether UDP leaves this network: blocked when servers that should answer by it do not, although their relays live. */
export function udpReach({ relays }: Pick<Observations, 'relays'>): Reach {
  const servers = serversOf(relays, (kind) => kind === 'stun' || kind === 'turn-udp')
  const byUdp = (relays ?? []).some(({ ways }) => ways.some(({ transport, outcome }) => transport === 'webrtc-direct' && outcome === 'reached'))
  if (byUdp || servers.some(hasAnswered)) return 'open'
  return servers.length > 0 ? 'blocked' : 'unknown'
}

/** Whether TCP leaves this network. */
export function tcpReach({ relays }: Pick<Observations, 'relays'>): Reach {
  const ways = (relays ?? []).flatMap((relay) => relay.ways).filter(({ transport }) => transport === 'ws' || transport === 'wss')
  const servers = serversOf(relays, (kind) => kind === 'turn-tcp' || kind === 'turn-tls')
  if (ways.some(({ outcome }) => outcome === 'reached') || servers.some(hasAnswered)) return 'open'
  // With every relay out of reach, the network may be gone altogether, or the relays.
  return (relays ?? []).some(isReached) && ways.some(({ outcome }) => outcome === 'no-answer') ? 'blocked' : 'unknown'
}

/** What the TURN servers of all relays together do for us; `unknown` when none was asked. */
export function turnReach({ relays }: Pick<Observations, 'relays'>): 'carries' | 'carries-nothing' | 'refuses' | 'silent' | 'none' | 'unknown' {
  if (!(relays ?? []).some(isReached)) return 'unknown'
  const servers = serversOf(relays, (kind) => kind !== 'stun')
  if (servers.length === 0) return 'none'
  if (servers.some(({ outcome }) => outcome === 'carried')) return 'carries'
  if (servers.some(({ outcome }) => outcome === 'allocated')) return 'carries-nothing'
  return servers.some(({ outcome }) => outcome === 'refused') ? 'refuses' : 'silent'
}

/** How many relays should have answered by UDP: one alone may have forgotten to open its own firewall. */
export function udpWitnesses({ relays }: Pick<Observations, 'relays'>): number {
  return (relays ?? []).filter(({ servers }) => (servers ?? []).some(({ kind }) => kind === 'stun' || kind === 'turn-udp')).length
}

function serversOf(relays: readonly RelayObservation[] | null, wanted: (kind: ServerObservation['kind']) => boolean): ServerObservation[] {
  return (relays ?? []).flatMap(({ servers }) => servers ?? []).filter(({ kind }) => wanted(kind))
}

function hasAnswered({ outcome }: ServerObservation): boolean {
  return outcome !== 'no-answer'
}
