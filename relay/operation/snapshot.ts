import type { Connection } from '@libp2p/interface'
import type { RelayLimits, TurnConfig } from '../config/types.ts'
import type { TurnCounters } from '../turn/counters.ts'
import type { CircuitMeter } from './circuit-meter.ts'
import { transportOf } from './peer-kinds.ts'
import type { PeerKind, PeerKinds, TransportName } from './peer-kinds.ts'

/** A part of the relay that counts what it refuses, by cause. See `relay/tally.ts`. */
export interface RefusalSource {
  /** A fixed word, such as `turn`. */
  name: string
  read(): ReadonlyMap<string, number>
}

/** Where the numbers come from, each asked whenever somebody looks. */
export interface NumberSources {
  connections(): Connection[]
  kinds: PeerKinds
  circuits: CircuitMeter
  reservations(): number
  topics(): number
  pubsub: { readonly messages: number, readonly bytes: number }
  limits: Pick<RelayLimits, 'connections' | 'reservations' | 'topics'> & Pick<TurnConfig, 'allocations'>
  refusals: readonly RefusalSource[]
  draining(): boolean
  /** Records kept for the DHT; undefined when that is not known. */
  dhtRecords(): number | undefined
  /** Times that a client was told ICE servers. */
  iceAnswers(): number | undefined
  /** Undefined when this process is no TURN server. */
  turn: { readonly counters: TurnCounters } | undefined
}

/** All numbers of a relay at one moment: plain data, without anybody's peer id, address or topic. */
export interface RelayNumbers {
  connections: { limit: number, by: Array<{ kind: PeerKind, transport: TransportName, count: number }> }
  reservations: { used: number, limit: number }
  topics: { used: number, limit: number }
  circuits: { open: number, opened: number, bytes: number }
  pubsub: { messages: number, bytes: number }
  refusals: Array<{ part: string, cause: string, count: number }>
  draining: boolean
  dhtRecords?: number
  iceAnswers?: number
  turn?: TurnCounters & { limit: number }
}

/** Reads all numbers. */
export function readNumbers(sources: NumberSources): RelayNumbers {
  const { limits, circuits, pubsub, turn } = sources
  const counters = turn?.counters
  const dhtRecords = sources.dhtRecords()
  const iceAnswers = sources.iceAnswers()
  return {
    connections: { limit: limits.connections, by: countConnections(sources.connections(), sources.kinds) },
    reservations: { used: sources.reservations(), limit: limits.reservations },
    topics: { used: sources.topics(), limit: limits.topics },
    circuits: { open: circuits.open, opened: circuits.opened, bytes: circuits.bytes },
    pubsub: { messages: pubsub.messages, bytes: pubsub.bytes },
    refusals: [
      ...sources.refusals.flatMap(({ name, read }) => [...read()].map(([cause, count]) => ({ part: name, cause, count }))),
      ...Object.entries(counters?.refusals ?? {}).map(([cause, count]) => ({ part: 'turn', cause, count }))
    ],
    draining: sources.draining(),
    ...(dhtRecords !== undefined && { dhtRecords }),
    ...(iceAnswers !== undefined && { iceAnswers }),
    ...(counters && { turn: { ...counters, limit: limits.allocations } })
  }
}

/** How many connections there are of each kind and transport. The usual ones are listed even when there are none. */
function countConnections(connections: readonly Connection[], kinds: PeerKinds): RelayNumbers['connections']['by'] {
  const counts = new Map<string, { kind: PeerKind, transport: TransportName, count: number }>()
  const at = (kind: PeerKind, transport: TransportName) => {
    const key = `${kind} ${transport}`
    const entry = counts.get(key) ?? { kind, transport, count: 0 }
    counts.set(key, entry)
    return entry
  }
  at('client', 'websocket')
  at('relay', 'tcp')
  for (const connection of connections) at(kinds.kindOf(connection.remotePeer.toString()), transportOf(connection)).count += 1
  return [...counts.values()]
}
