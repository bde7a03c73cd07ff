import type { Lifetime } from '../../util/abort.ts'
import type { Mapping, RelayProbe, OfferedServer, StunProbe, TurnProbe } from '../ports.ts'
import type { NetworkView } from '../views.ts'
import type { Lines } from './lines.ts'
import { isReached, roundTrip, tcpReach, udpReach } from './reach.ts'
import type { Observations, RelayObservation, Result, ServerObservation, Subject } from './types.ts'

/** Relays whose servers are tried: calls use those of two. */
const MAX_TRIED = 3

export interface NetworkCheckOptions extends Lifetime {
  network: Pick<NetworkView, 'probeRelays'>
  probeStun: (urls: string[], lifetime: Lifetime) => Promise<StunProbe>
  probeTurn: (server: RTCIceServer, lifetime: Lifetime) => Promise<TurnProbe>
  probeMapping: (urls: string[], lifetime: Lifetime) => Promise<Mapping>
  lines: Lines
  /** Where what is seen is written down. */
  observed: Observations
}

/** A relay, its servers, and the address of its STUN server if that answers. */
interface Visited extends RelayObservation {
  stun: string | undefined
}

/** Looks at each relay, at its servers, and then at the network that lies between. */
export async function examineNetwork(options: NetworkCheckOptions): Promise<void> {
  const { network, lines, observed, signal } = options
  const visits: Promise<Visited>[] = []
  const searching = lines.add('relay')
  await network.probeRelays((relay) => visits.push(visit(relay, visits.length, options)), { signal })
  const relays = await Promise.all(visits)
  if (signal.aborted) return
  observed.relays = relays
  searching.settle(relays.length === 0 ? 'none-known' : relays.some(isReached) ? 'reached' : 'no-answer')
  lines.add('udp').settle(udpReach(observed))
  lines.add('tcp').settle(tcpReach(observed))
  await examineMapping(relays, options)
}

async function visit(relay: RelayProbe, index: number, options: NetworkCheckOptions): Promise<Visited> {
  const subject: Subject = { kind: 'relay', number: index + 1, label: relay.host }
  options.lines.add('relay', subject).settle(relayResult(relay), roundTrip(relay))
  const offered = index < MAX_TRIED ? relay.servers : null
  const tried = await Promise.all((offered ?? []).map((each) => tryServer(each, subject, options)))
  const { ways, isRelay, reserved } = relay
  const stun = tried.find(({ kind, outcome }) => kind === 'stun' && outcome === 'answered')?.url
  return { subject, ways, isRelay, reserved, servers: offered === null ? null : tried, stun }
}

function relayResult(relay: RelayProbe): Result {
  if (relay.ways.length > 0 && relay.ways.every(({ outcome }) => outcome === 'forbidden')) return 'forbidden'
  if (!isReached(relay)) return 'no-answer'
  if (relay.isRelay === false) return 'not-a-relay'
  return relay.reserved ? 'reserved' : 'reached'
}

async function tryServer({ kind, server }: OfferedServer, subject: Subject, options: NetworkCheckOptions): Promise<ServerObservation & { url: string }> {
  const line = options.lines.add(kind, subject)
  const url = [server.urls].flat()[0] ?? ''
  if (kind === 'stun') {
    const { answered, ms } = await options.probeStun([url], options)
    return { kind, outcome: line.settle(answered ? 'answered' : 'no-answer', ms), url }
  }
  const { outcome, ms, rttMs } = await options.probeTurn(server, options)
  return { kind, outcome: line.settle(outcome, rttMs ?? ms), url }
}

/** Needs servers in different places: one alone cannot tell whether another sees us at the same port. */
async function examineMapping(relays: readonly Visited[], { probeMapping, lines, observed, ...lifetime }: NetworkCheckOptions): Promise<void> {
  const [nat, ipv6] = [lines.add('nat'), lines.add('ipv6')]
  const urls = relays.flatMap(({ stun }) => stun ?? [])
  const mapping = await probeMapping(urls, lifetime)
  if (lifetime.signal.aborted) return
  observed.nat = mapping.nat
  observed.addresses = mapping.addresses
  nat.settle(mapping.nat === 'unknown' ? 'unknown' : `nat-${mapping.nat}`)
  ipv6.settle(mapping.ipv6 === null ? 'unknown' : mapping.ipv6 ? 'ipv6-yes' : 'ipv6-no')
}
