import { MAX_ADDRESSES, MAX_ADDRESS_CHARS } from '../wire/protocol.ts'
import type { PeerKey } from '../wire/message.ts'
import type { PeerHint } from './discovery/source.ts'
import type { TextStorage } from './relay-book.ts'

const KEY = 'parley:peers'
const MAX_ROOMS = 30
const MAX_PEERS = 8

/** What is stored: rooms by pubsub topic (never the topic's text), the latest first. */
type Stored = [pubsubTopic: string, peers: [peer: string, addresses: string[]][]][]

/** Peers met in rooms, so that a room can be found again with no relay that knows it. */
export class PeerBook {
  readonly #storage: TextStorage

  constructor(storage: TextStorage) {
    this.#storage = storage
  }

  /** The peers met in a room, the latest first. */
  of(pubsubTopic: string): PeerHint[] {
    const room = this.#read().find(([topic]) => topic === pubsubTopic)
    return (room?.[1] ?? []).map(([peer, addresses]) => ({ peer: peer as PeerKey, addresses }))
  }

  remember(pubsubTopic: string, peer: PeerKey, addresses: string[]): void {
    if (addresses.length === 0) return
    const rooms = this.#read()
    const peers = rooms.find(([topic]) => topic === pubsubTopic)?.[1] ?? []
    const others = peers.filter(([known]) => known !== peer)
    const updated: Stored[number] = [pubsubTopic, [[peer, addresses.slice(0, MAX_ADDRESSES)] as [string, string[]], ...others].slice(0, MAX_PEERS)]
    this.#storage.set(KEY, JSON.stringify([updated, ...rooms.filter(([topic]) => topic !== pubsubTopic)].slice(0, MAX_ROOMS)))
  }

  #read(): Stored {
    try {
      const value: unknown = JSON.parse(this.#storage.get(KEY) ?? '[]')
      return Array.isArray(value) ? value.filter(isRoom) : []
    } catch {
      // Corrupt storage: people are found by the other ways, and the next one met is stored afresh.
      return []
    }
  }
}

function isRoom(value: unknown): value is Stored[number] {
  return Array.isArray(value) && typeof value[0] === 'string' && Array.isArray(value[1]) && value[1].every((peer: unknown) =>
    Array.isArray(peer) && typeof peer[0] === 'string' && Array.isArray(peer[1]) &&
    peer[1].every((address: unknown) => typeof address === 'string' && address.length <= MAX_ADDRESS_CHARS))
}
