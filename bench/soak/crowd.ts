/** Entry of a process that is a part of the crowd: connects as many members as it is told to. */
import { DEFAULT_NETWORK, networkNames } from '../../src/wire/network.ts'
import { connectBare } from './bare-client.ts'
import { emptyStats } from './crowd-stats.ts'
import type { CrowdStats } from './crowd-stats.ts'
import { DeliveryLedger } from './delivery.ts'
import { connectLibp2p } from './libp2p-client.ts'
import { Member } from './member.ts'
import { answerQuestions } from './questions.ts'
import { seededRandom } from '../random.ts'

/** What a part of the crowd is told. */
export interface CrowdOrders {
  speaks: 'libp2p' | 'bare'
  server: string
  /** Which of the processes this is: its rooms, and the random numbers, are its own. */
  part: number
  /** Members in the end. */
  clients: number
  /** Of these the members of this process choose; 0 for members who only stay connected. */
  rooms: number
  /** Members of this process that connect from one address. */
  perAddress: number
}

/**
 * Connecting at the same time in one process. libp2p takes a second to tell of a new address, so this is about five clients
 * a second and process: more handshakes than two cores can do at a time would only run into their time limits.
 */
const PARALLEL = 5
/** A mesh grows within two heartbeats. What takes longer than the limit is of no use to a call. */
const DELIVERY = { settleMs: 2_500, limitMs: 5_000 }
/** gossipsub's own interval, and a long one for who is in no room: a relay sees no difference then. */
const HEARTBEAT_MS = { busy: 1_000, idle: 60_000 }

const lifetime = new AbortController()
const ledger = new DeliveryLedger(DELIVERY)
const stats = emptyStats()
const lives: Promise<void>[] = []

answerQuestions({
  /** Resolves when so many have tried to connect. */
  grow: async (orders: CrowdOrders) => {
    await Promise.all(Array.from({ length: PARALLEL }, () => growing(orders)))
  },
  stats: (): CrowdStats => ({ ...stats, words: Object.fromEntries(ledger.settle(Date.now())) }),
  /** Resolves when all have gone. */
  leave: async () => {
    lifetime.abort()
    await Promise.all(lives)
  }
})

async function growing(orders: CrowdOrders): Promise<void> {
  while (lives.length < orders.clients && !lifetime.signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<void>()
    lives.push(member(orders, lives.length).live(resolve).finally(resolve))
    await promise
  }
}

function member({ speaks, server, part, rooms, perAddress }: CrowdOrders, index: number): Member {
  return new Member({
    name: `${part}.${index}`,
    connect: speaks === 'libp2p' ? connectLibp2p : connectBare,
    server,
    // One address is filled after the other: a crowd that grows in steps would put its first ones on a few, which are full then.
    source: `127.0.0.${Math.floor(index / perAddress) + 2}`,
    heartbeatMs: rooms > 0 ? HEARTBEAT_MS.busy : HEARTBEAT_MS.idle,
    rooms: Array.from({ length: rooms }, (_, room) => roomTopic(part, room)),
    random: seededRandom(part * 1_000_003 + index),
    ledger,
    stats,
    signal: lifetime.signal
  })
}

/** Names that look like real ones: 52 characters of base32. */
function roomTopic(part: number, room: number): string {
  const letters = `${part}x${room}`.replace(/[0189]/g, (digit) => 'abcd'['0189'.indexOf(digit)] ?? '')
  return networkNames(DEFAULT_NETWORK).topicPrefix + letters.padEnd(52, 'z')
}
