import type { Connection, Libp2p, PeerInfo } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { childController, delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { backoffMs } from '../../src/util/backoff.ts'
import type { TokenBucket } from '../../src/util/token-bucket.ts'
import { chooseNeighbours } from './choose.ts'
import { lookUpRelays } from './look-up.ts'
import type { KnownRelay } from './relay-book.ts'
import { dialBudget } from './relay-dialer.ts'
import type { RelayDialer } from './relay-dialer.ts'
import type { RelayMemory } from './relay-memory.ts'
import type { Roster } from './roster.ts'

/** What keeping neighbours works with. */
export interface NeighbourOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'contentRouting' | 'peerId'>
  network: string
  roster: Roster
  dialer: RelayDialer
  memory: RelayMemory
  random?: () => number
}

/**
 * Neighbours of its own choosing that a relay never wants to be without. As many choose it on average, so that it has about
 * eight; those that connect to us do not count, for whoever surrounds a relay with its own would cut it off.
 */
export const WANTED_NEIGHBOURS = 4
/** Looking around from time to time adds to them until there are so many. */
export const MAX_NEIGHBOURS = 8
const DIALS_PER_MINUTE = 20
/** Between rounds while some are missing, milliseconds. */
const SEEK = { baseMs: 1_000, maxMs: 300_000 }
/** Between looks around while none is missing, milliseconds, with jitter. */
const LOOK_AROUND_MS = 600_000

/**
 * Keeps connections to a few relays: first to those that worked earlier, so that a relay finds back although its bootstrap
 * relays are gone for ever, then to those that the DHT names. Ends with `signal`.
 */
export async function keepNeighbours(options: NeighbourOptions): Promise<void> {
  const { roster, signal, random = Math.random } = options
  const budget = dialBudget(DIALS_PER_MINUTE)
  for (let round = 0; !signal.aborted;) {
    if (missing(roster) > 0) await seek(options, missing(roster), budget)
    else await findMore(options, Math.min(1, MAX_NEIGHBOURS - chosen(roster).length), budget)
    const found = chosen(roster).length
    const wake = childController(signal)
    roster.onChange(() => { if (chosen(roster).length < Math.min(found, WANTED_NEIGHBOURS)) wake.abort() }, wake)
    round = found < WANTED_NEIGHBOURS ? round + 1 : 0
    await delay(round > 0 ? backoffMs(round - 1, SEEK) : LOOK_AROUND_MS * (0.5 + random()), wake.signal)
    if (wake.signal.aborted) {
      round = 0
      await delay(backoffMs(0, SEEK), signal)
    }
    wake.abort()
  }
}

/** Connections to relays that we opened. */
export function chosen(roster: Pick<Roster, 'connections'>): Connection[] {
  return roster.connections().filter(({ direction }) => direction === 'outbound')
}

function missing(roster: Roster): number {
  return Math.max(0, WANTED_NEIGHBOURS - chosen(roster).length)
}

async function seek(options: NeighbourOptions, count: number, budget: TokenBucket): Promise<void> {
  const { dialer, memory, roster } = options
  const remembered = memory.book.candidates(Date.now()).map(toHint).filter((hint) => dialer.isWorthwhile(hint))
  for (let at = 0; at < remembered.length && missing(roster) > 0; at += count) {
    await Promise.all(remembered.slice(at, at + count).map(async (hint) => {
      if (!await dialer.dial(hint, budget)) memory.update((book) => book.failed(hint.id.toString(), Date.now()))
    }))
  }
  if (missing(roster) > 0) await findMore(options, missing(roster), budget)
}

/** Looks relays up in the DHT and connects to `count` of them. */
async function findMore(options: NeighbourOptions, count: number, budget: TokenBucket): Promise<void> {
  const { libp2p, network, dialer, signal, random = Math.random } = options
  if (count <= 0) return
  let hints = await lookUpRelays(libp2p, network, { signal })
  for (let left = count; left > 0 && !signal.aborted;) {
    hints = hints.filter((hint) => dialer.isWorthwhile(hint))
    const wave = chooseNeighbours(hints, ({ id }) => id.toString(), libp2p.peerId.toString(), left, random)
    if (wave.length === 0) return
    hints = hints.filter((hint) => !wave.includes(hint))
    const worked = await Promise.all(wave.map((hint) => dialer.dial(hint, budget)))
    left -= worked.filter(Boolean).length
  }
}

function toHint({ peer, addresses }: KnownRelay): PeerInfo {
  return { id: peerIdFromString(peer), multiaddrs: addresses.map((address) => multiaddr(address)) }
}
