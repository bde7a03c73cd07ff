/** Observations of a healthy network, to be spoilt by tests. */
import type { CandidatePairInfo } from '../../../src/room/views.ts'
import type { Observations, PersonObservation, RelayObservation, ServerObservation } from '../../../src/room/doctor/types.ts'

/** A relay on which everything works. */
export function relay(number: number, changes: Partial<RelayObservation> = {}): RelayObservation {
  return {
    subject: { kind: 'relay', number, label: `relay${number}.example` },
    ways: [{ transport: 'wss', outcome: 'reached', ms: 80, rttMs: 20 }],
    isRelay: true,
    reserved: true,
    servers: servers('answered', 'carried', 'carried'),
    ...changes,
  }
}

/** What the STUN server and the TURN servers of a relay did. */
export function servers(
  stun: ServerObservation['outcome'], udp: ServerObservation['outcome'], tcp: ServerObservation['outcome'],
): ServerObservation[] {
  return [{ kind: 'stun', outcome: stun }, { kind: 'turn-udp', outcome: udp }, { kind: 'turn-tcp', outcome: tcp }]
}

/** A relay that nobody reaches. */
export function deadRelay(number: number): RelayObservation {
  return relay(number, { ways: [{ transport: 'wss', outcome: 'no-answer', ms: null, rttMs: null }], isRelay: null, reserved: false, servers: null })
}

/** A pair in use. */
export function pair(changes: Partial<CandidatePairInfo> = {}): CandidatePairInfo {
  return { local: 'host', remote: 'srflx', protocol: 'udp', relayProtocol: null, state: 'succeeded', selected: true, rttMs: 30, ...changes }
}

/** Somebody in the call. */
export function ana(changes: Partial<PersonObservation> = {}): PersonObservation {
  return { subject: { kind: 'person', number: 1, label: 'Ana' }, connected: true, pairs: [pair()], ...changes }
}

/** All is well, but for these changes. */
export function observed(changes: Partial<Observations> = {}): Observations {
  return {
    page: 'secure', onLine: true, policy: 'all', camera: 'picture', microphone: 'heard', mutedHere: false,
    relays: [relay(1), relay(2)], nat: 'easy', addresses: [], people: [], ...changes,
  }
}
