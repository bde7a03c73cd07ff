import type { RelayNumbers } from './snapshot.ts'

/** One value of a metric. */
export interface Sample {
  labels?: Record<string, string>
  value: number
}

/** A metric of the relay itself. https://prometheus.io/docs/practices/naming/ */
export interface MetricRow {
  name: string
  type: 'counter' | 'gauge'
  help: string
  /** Label names. Their values come from this program, never from a peer, so there are few. */
  labels?: readonly string[]
  /** No samples when the relay has no such part. */
  read: (numbers: RelayNumbers) => Sample[]
}

const one = (value: number | undefined): Sample[] => value === undefined ? [] : [{ value }]

/** What the relay tells about itself besides what libp2p and Node.js tell. `docs/relay.md` lists the same. */
export const METRICS: readonly MetricRow[] = [
  {
    name: 'parley_relay_connections', type: 'gauge', labels: ['kind', 'transport'],
    help: 'Connections that stand now, by who is at the other end and how they came.',
    read: ({ connections }) => connections.by.map(({ kind, transport, count }) => ({ labels: { kind, transport }, value: count }))
  },
  { name: 'parley_relay_connections_limit', type: 'gauge', help: 'Connections that are accepted in all.', read: ({ connections }) => one(connections.limit) },
  { name: 'parley_relay_reservations', type: 'gauge', help: 'Circuit relay slots held by clients.', read: ({ reservations }) => one(reservations.used) },
  { name: 'parley_relay_reservations_limit', type: 'gauge', help: 'Circuit relay slots in all.', read: ({ reservations }) => one(reservations.limit) },
  { name: 'parley_relay_topics', type: 'gauge', help: 'Room topics followed for clients.', read: ({ topics }) => one(topics.used) },
  { name: 'parley_relay_topics_limit', type: 'gauge', help: 'Room topics that are followed in all.', read: ({ topics }) => one(topics.limit) },
  { name: 'parley_relay_circuits', type: 'gauge', help: 'Relayed connections that stand now.', read: ({ circuits }) => one(circuits.open) },
  { name: 'parley_relay_circuits_opened_total', type: 'counter', help: 'Relayed connections since the start.', read: ({ circuits }) => one(circuits.opened) },
  { name: 'parley_relay_circuit_bytes_total', type: 'counter', help: 'Bytes over relayed connections, both directions together.', read: ({ circuits }) => one(circuits.bytes) },
  { name: 'parley_relay_pubsub_messages_total', type: 'counter', help: 'Room messages received and found fit to pass on, copies not counted.', read: ({ pubsub }) => one(pubsub.messages) },
  { name: 'parley_relay_pubsub_bytes_total', type: 'counter', help: 'Bytes of those messages, each counted once however many it was passed on to.', read: ({ pubsub }) => one(pubsub.bytes) },
  { name: 'parley_relay_dht_records', type: 'gauge', help: 'Records kept for the DHT.', read: ({ dhtRecords }) => one(dhtRecords) },
  { name: 'parley_relay_ice_answers_total', type: 'counter', help: 'Times that a client was told STUN and TURN servers.', read: ({ iceAnswers }) => one(iceAnswers) },
  { name: 'parley_relay_turn_allocations', type: 'gauge', help: 'TURN allocations that stand now.', read: ({ turn }) => one(turn?.allocations.live) },
  { name: 'parley_relay_turn_allocations_limit', type: 'gauge', help: 'TURN allocations in all.', read: ({ turn }) => one(turn?.limit) },
  { name: 'parley_relay_turn_allocations_opened_total', type: 'counter', help: 'TURN allocations since the start.', read: ({ turn }) => one(turn?.allocations.total) },
  {
    name: 'parley_relay_turn_bytes_total', type: 'counter', labels: ['direction'], help: 'Bytes relayed by TURN, without headers.',
    read: ({ turn }) => directions(turn?.bytes)
  },
  {
    name: 'parley_relay_turn_packets_total', type: 'counter', labels: ['direction'], help: 'Packets relayed by TURN.',
    read: ({ turn }) => directions(turn?.packets)
  },
  {
    name: 'parley_relay_refusals_total', type: 'counter', labels: ['part', 'cause'], help: 'What was refused, by the part of the relay that refused it and why.',
    read: ({ refusals }) => refusals.map(({ part, cause, count }) => ({ labels: { part, cause }, value: count }))
  },
  { name: 'parley_relay_draining', type: 'gauge', help: '1 while the relay asks its clients to move to another one, before it stops.', read: ({ draining }) => one(draining ? 1 : 0) }
]

function directions(counts: { toPeers: number, toClients: number } | undefined): Sample[] {
  if (counts === undefined) return []
  return [{ labels: { direction: 'to-peers' }, value: counts.toPeers }, { labels: { direction: 'to-clients' }, value: counts.toClients }]
}
