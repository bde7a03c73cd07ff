import { contactTable, dropDeadContacts } from '../../relay/federation/contacts.ts'
import { delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress, table, tenth, whole } from '../report.ts'
import { startDhtNode } from './dht-node.ts'
import type { DhtNode } from './dht-node.ts'
import { MemoryNetwork } from './memory-network.ts'
import type { Death } from './memory-network.ts'
import { find, keyOf, provide } from './operations.ts'
import type { Cost } from './operations.ts'
import { seededRandom } from '../random.ts'

/** What is measured. */
export interface DhtBenchOptions {
  /** Numbers of nodes, one network each. */
  sizes: readonly number[]
  /** Operations of each kind in each network. */
  lookups: number
  /** Share of the nodes that vanish, 0..1. */
  lost: number
  death: Death
  seed: number
}

/** Requests, dials and hops are means; times depend on the machine and on who keeps silent. */
const COLUMNS = [
  'nodes', 'log2', 'operation', 'success', 'FIND_NODE', 'GET_PROVIDERS', 'ADD_PROVIDER', 'unanswered', 'dials', 'hops', 'ms (median)', 'ms (p90)'
]
/** Nodes that join at the same time. */
const JOIN_BATCH = 10
/** Lookups with which each node fills its table, besides that of itself. */
const RANDOM_KEYS = 1
/** Longest wait for the survivors to notice, milliseconds. */
const NOTICE_MS = 120_000

/**
 * Provide and find over real DHT servers in this process, before and after a part of them has vanished; prints a markdown
 * table. Returns how many lookups found nothing although the provider was there.
 */
export async function benchDht({ sizes, lookups, lost, death, seed }: DhtBenchOptions, { signal }: Lifetime): Promise<number> {
  const rows: string[][] = []
  let failures = 0
  for (const size of sizes) {
    const network = new MemoryNetwork(death)
    const random = seededRandom(seed)
    const nodes = await grow(network, size, random, signal)
    try {
      const keys = Array.from({ length: lookups }, (_, index) => ({ key: keyOf(`${seed}/${size}/${index}`), provider: pick(nodes, random) }))
      const measure = async (what: string, operate: (each: typeof keys[number], index: number) => Promise<Cost>): Promise<void> => {
        const costs: Cost[] = []
        for (const [index, each] of keys.entries()) if (!signal.aborted) costs.push(await operate(each, index))
        rows.push(row(size, what, costs))
        progress(`${size} nodes: ${rows.at(-1)?.join(' | ')}`)
        if (what.startsWith('find')) failures += costs.filter(({ success }) => !success).length
      }
      await measure('provide', ({ key, provider }) => provide(network, provider, key))
      await measure('find', ({ key, provider }) => find(network, pick(nodes, random, provider), key, provider))
      await measure('nothing to find', (_, index) => find(network, pick(nodes, random), keyOf(`nobody/${index}`), undefined))
      const alive = await vanish(network, nodes, lost, new Set(keys.map(({ provider }) => provider)), random)
      for (const when of ['gone', 'gone and noticed']) {
        if (when !== 'gone') await notice(alive, nodes)
        const share = `${Math.round(lost * 100)} % ${when}`
        await measure(`find, ${share}`, ({ key, provider }) => find(network, pick(alive, random, provider), key, provider))
        await measure(`nothing to find, ${share}`, (_, index) => find(network, pick(alive, random), keyOf(`nobody/${index}`), undefined))
        await measure(`provide, ${share}`, ({ provider }, index) => provide(network, provider, keyOf(`${when}/${index}`)))
      }
    } finally {
      await Promise.all(nodes.map(({ libp2p }) => libp2p.stop()))
    }
  }
  console.log(table(COLUMNS, rows))
  return failures
}

/** Each node joins through one that was there before, and looks around at once. */
async function grow(network: MemoryNetwork, size: number, random: () => number, signal: AbortSignal): Promise<DhtNode[]> {
  const nodes: DhtNode[] = []
  while (nodes.length < size && !signal.aborted) {
    const count = Math.min(JOIN_BATCH, size - nodes.length, nodes.length + 1)
    const joined = await Promise.all(Array.from({ length: count }, (_, index) => startDhtNode(network, nodes.length + index)))
    await Promise.all(joined.map((node) => nodes.length === 0 ? undefined : join(node, pick(nodes, random), random)))
    nodes.push(...joined)
    if (nodes.length % 50 < count) progress(`${nodes.length} of ${size} nodes have joined`)
  }
  const known = nodes.map((node) => contactTable(node.dht).size)
  const connections = nodes.map(({ libp2p }) => libp2p.getConnections().length)
  progress(`${size} nodes: ${whole(mean(known))} in each routing table, ${whole(mean(connections))} connections each`)
  return nodes
}

/**
 * Connects to a node, then asks for those near itself and near some random keys: what the service does to fill its table.
 * One lookup after the other, each to its end, for the service's own `refreshRoutingTable` tells nobody when it is done.
 */
async function join({ dht, libp2p }: DhtNode, to: DhtNode, random: () => number): Promise<void> {
  await libp2p.dial(to.libp2p.getMultiaddrs())
  const keys = Array.from({ length: RANDOM_KEYS }, () => keyOf(String(random())).multihash.bytes)
  for (const key of [libp2p.peerId.toMultihash().bytes, ...keys]) {
    for await (const event of dht.getClosestPeers(key)) void event
  }
}

/** Cuts off a share of the nodes, but none of `spared`; returns those that are left. */
async function vanish(network: MemoryNetwork, nodes: DhtNode[], share: number, spared: Set<DhtNode>, random: () => number): Promise<DhtNode[]> {
  const gone = new Set<DhtNode>()
  const candidates = nodes.filter((node) => !spared.has(node))
  const wanted = Math.min(candidates.length, Math.round(nodes.length * share))
  while (gone.size < wanted) gone.add(pick(candidates, random))
  for (const { place } of gone) network.cut(place)
  await Promise.all([...gone].map(({ libp2p }) => libp2p.stop()))
  progress(`${gone.size} of ${nodes.length} nodes have vanished`)
  return nodes.filter((node) => !gone.has(node))
}

/** Survivors close what the connection monitor would have found dead by now, and take out what relays take out. */
async function notice(alive: readonly DhtNode[], nodes: readonly DhtNode[]): Promise<void> {
  const lifetime = new AbortController()
  const left = new Set(alive.map(({ libp2p }) => libp2p.peerId.toString()))
  const gone = nodes.filter(({ libp2p }) => !left.has(libp2p.peerId.toString())).map(({ libp2p }) => libp2p.peerId)
  for (const { libp2p, dht } of alive) {
    dropDeadContacts({ libp2p, table: contactTable(dht), graceMs: 100, signal: lifetime.signal })
    for (const peer of gone) for (const connection of libp2p.getConnections(peer)) connection.abort(new Error('no answer to a ping'))
  }
  const dead = async (): Promise<number> => mean(await Promise.all(alive.map(async (node) =>
    (await Promise.all(gone.map((peer) => contactTable(node.dht).find(peer)))).filter((found) => found !== undefined).length)))
  const end = Date.now() + NOTICE_MS
  for (let count = await dead(); count > 0 && Date.now() < end; count = await dead()) await delay(1_000, lifetime.signal)
  progress(`${tenth(await dead())} dead contacts are left in each routing table`)
  lifetime.abort()
}

function row(size: number, what: string, costs: readonly Cost[]): string[] {
  const sent = (type: string): string => tenth(mean(costs.map((cost) => cost.sent.get(type) ?? 0)))
  const times = costs.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const reached = costs.filter(({ success }) => success).length
  return [
    String(size), tenth(Math.log2(size)), what, what.startsWith('nothing') ? '-' : `${whole(100 * reached / costs.length)} %`,
    sent('FIND_NODE'), sent('GET_PROVIDERS'), sent('ADD_PROVIDER'),
    tenth(mean(costs.map(({ unanswered }) => unanswered))), tenth(mean(costs.map(({ dials }) => dials))),
    tenth(mean(costs.flatMap(({ hops }) => hops ?? []))), whole(times[Math.floor(times.length / 2)]), whole(times[Math.floor(times.length * 0.9)])
  ]
}

function pick(nodes: readonly DhtNode[], random: () => number, not?: DhtNode): DhtNode {
  for (;;) {
    const node = nodes[Math.floor(random() * nodes.length)]
    if (node !== undefined && (node !== not || nodes.length === 1)) return node
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
