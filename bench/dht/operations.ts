import { createHash } from 'node:crypto'
import type { QueryEvent } from '@libp2p/kad-dht'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { create as createDigest } from 'multiformats/hashes/digest'
import type { DhtNode } from './dht-node.ts'
import type { MemoryNetwork } from './memory-network.ts'

/** What one operation cost, and what came of it. */
export interface Cost {
  success: boolean
  /** Requests sent, by type. */
  sent: ReadonlyMap<string, number>
  /** Requests that got no answer. */
  unanswered: number
  /** Connections that the node tried to open meanwhile. */
  dials: number
  /** Length of the chain of referrals that led to the answer; undefined without one. */
  hops: number | undefined
  ms: number
}

const SHA2_256 = 0x12
/** As long as relays give a lookup. */
const TIME_LIMIT_MS = 10_000

/** A key that nothing else is filed under. */
export function keyOf(text: string): CID {
  return CID.createV1(raw.code, createDigest(SHA2_256, createHash('sha256').update(text).digest()))
}

/** Files `node` under `key`; succeeds when some other node has taken the record. */
export function provide(network: MemoryNetwork, node: DhtNode, key: CID): Promise<Cost> {
  return run(network, node, (signal) => node.dht.provide(key, { signal }),
    (event) => event.name === 'PEER_RESPONSE' && event.messageName === 'ADD_PROVIDER', false)
}

/** Looks `provider` up under `key`, and stops when it is found; without a provider it goes on until there is nobody left to ask. */
export function find(network: MemoryNetwork, node: DhtNode, key: CID, provider: DhtNode | undefined): Promise<Cost> {
  const names = (event: QueryEvent): boolean =>
    event.name === 'PROVIDER' && provider !== undefined && event.providers.some(({ id }) => id.equals(provider.libp2p.peerId))
  return run(network, node, (signal) => node.dht.findProviders(key, { signal }), names, true)
}

async function run(
  network: MemoryNetwork, node: DhtNode, start: (signal: AbortSignal) => AsyncIterable<QueryEvent>, isGoal: (event: QueryEvent) => boolean, stop: boolean
): Promise<Cost> {
  const dialsBefore = network.dialsBy(node.place)
  const startedAt = performance.now()
  const sent = new Map<string, number>()
  const depths = new Map<string, number>()
  const cost = { success: false, unanswered: 0, hops: undefined as number | undefined }
  try {
    for await (const event of start(AbortSignal.timeout(TIME_LIMIT_MS))) {
      if (event.name === 'SEND_QUERY') sent.set(event.messageName, (sent.get(event.messageName) ?? 0) + 1)
      if (event.name === 'QUERY_ERROR') cost.unanswered++
      if (event.name === 'PEER_RESPONSE') refer(depths, event)
      if (!cost.success && isGoal(event)) {
        cost.success = true
        cost.hops = 'from' in event ? depths.get(event.from.toString()) : undefined
      }
      if (cost.success && stop) break
    }
  } catch {
    // The time limit: what was reached until then counts.
  }
  return { ...cost, sent, dials: network.dialsBy(node.place) - dialsBefore, ms: performance.now() - startedAt }
}

/** Notes that those whom an answer names are one step further than who named them. Who was known from the start is one step away. */
function refer(depths: Map<string, number>, { from, closer }: Extract<QueryEvent, { name: 'PEER_RESPONSE' }>): void {
  const depth = depths.get(from.toString()) ?? 1
  depths.set(from.toString(), depth)
  for (const { id } of closer) if (!depths.has(id.toString())) depths.set(id.toString(), depth + 1)
}
