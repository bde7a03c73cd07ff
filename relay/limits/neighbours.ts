import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { Connection, Libp2pEvents, PeerId, TypedEventTarget } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { NetworkNames } from '../../src/wire/network.ts'
import { addressBlock } from '../addresses/address-block.ts'

/** `unknown` until identify is through, or has failed; a `stranger` speaks no protocol of this network. */
export type Kind = 'unknown' | 'client' | 'relay' | 'stranger'

/** Somebody connected, as far as limits are concerned. */
export interface Neighbour {
  /** Its peer id. */
  readonly id: string
  readonly kind: Kind
  /** What its address counts under. */
  readonly block: string
}

/** The parts of a libp2p node that this works with. */
export interface NeighbourComponents {
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly connectionManager: Pick<ConnectionManager, 'getConnections'>
}

/** Identify itself gives up after 5 seconds, and begins again with each connection. */
const IDENTIFY_MS = 10_000
/** Where nobody knows the address, as over WebRTC between browsers. */
const NOWHERE = 'nowhere'

/**
 * What is known about the peers that are connected. Clients of this network all speak its drain protocol, its relays the
 * DHT and circuit relay: identify tells. Ends with the node whose `components` it watches.
 */
export class Neighbours {
  readonly #names: Pick<NetworkNames, 'drain' | 'dht'>
  readonly #kinds = new Map<string, Kind>()
  readonly #deadlines = new Map<string, NodeJS.Timeout>()
  readonly #listeners: Array<(peer: PeerId, kind: Kind) => void> = []
  readonly #waiting = new Map<string, Array<() => void>>()
  readonly #blocks = new WeakMap<Connection, string>()
  #connections: ConnectionManager['getConnections'] = () => []

  constructor(names: Pick<NetworkNames, 'drain' | 'dht'>) {
    this.#names = names
  }

  /** Begins to watch a node. */
  attach({ events, connectionManager }: NeighbourComponents): void {
    this.#connections = (peer) => connectionManager.getConnections(peer)
    events.addEventListener('connection:open', ({ detail: { remotePeer } }) => this.#expect(remotePeer))
    events.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => this.#learn(peerId, this.#kindOf(protocols)))
    events.addEventListener('peer:disconnect', ({ detail }) => this.#forget(detail))
  }

  /** What is known about a peer now. */
  of(peer: PeerId): Neighbour {
    const id = peer.toString()
    const [connection] = this.#connections(peer)
    return { id, kind: this.#kinds.get(id) ?? 'unknown', block: connection === undefined ? NOWHERE : this.#blockOf(connection) }
  }

  /** The peer's connections. */
  connections(peer: PeerId): Connection[] {
    return this.#connections(peer)
  }

  /** Whether a connection of the peer is open. */
  isConnected(peer: PeerId): boolean {
    return this.#connections(peer).length > 0
  }

  /** Whether the peer belongs to this network; waits for identify, for as long as that may take. Never rejects. */
  async belongs(peer: PeerId): Promise<boolean> {
    const id = peer.toString()
    if (!this.#kinds.has(id) && this.#deadlines.has(id)) {
      await new Promise<void>((resolve) => { this.#waiting.set(id, [...this.#waiting.get(id) ?? [], resolve]) })
    }
    const kind = this.#kinds.get(id)
    return kind === 'client' || kind === 'relay'
  }

  /** Calls `listener` whenever it is known, or known anew, what a peer is. */
  onKind(listener: (peer: PeerId, kind: Kind) => void): void {
    this.#listeners.push(listener)
  }

  #expect(peer: PeerId): void {
    const id = peer.toString()
    if (this.#kinds.has(id) || this.#deadlines.has(id)) return
    this.#deadlines.set(id, setTimeout(() => this.#learn(peer, 'stranger'), IDENTIFY_MS).unref())
  }

  #learn(peer: PeerId, kind: Kind): void {
    // An identify message may be handled after its sender has gone, and nobody would ever forget what it said.
    if (!this.isConnected(peer)) return
    this.#kinds.set(peer.toString(), kind)
    for (const listener of this.#listeners) listener(peer, kind)
    this.#settle(peer.toString())
  }

  #forget(peer: PeerId): void {
    this.#kinds.delete(peer.toString())
    this.#settle(peer.toString())
  }

  #settle(id: string): void {
    clearTimeout(this.#deadlines.get(id))
    this.#deadlines.delete(id)
    for (const resolve of this.#waiting.get(id) ?? []) resolve()
    this.#waiting.delete(id)
  }

  #kindOf(protocols: string[]): Kind {
    const { dht, drain } = this.#names
    // Who passes for a relay gives up what relays do not get, so both are asked for: a client's topics are followed.
    if (protocols.includes(dht) && protocols.includes(RELAY_V2_HOP_CODEC)) return 'relay'
    return protocols.includes(drain) || protocols.includes(dht) ? 'client' : 'stranger'
  }

  #blockOf(connection: Connection): string {
    const known = this.#blocks.get(connection)
    if (known !== undefined) return known
    const block = blockOfAddress(connection.remoteAddr)
    this.#blocks.set(connection, block)
    return block
  }
}

/** The address block of a multiaddr's IP address; all multiaddrs without one share a block. */
export function blockOfAddress(address: Multiaddr): string {
  const ip = address.getComponents().find(({ name }) => name === 'ip4' || name === 'ip6')?.value
  return ip === undefined ? NOWHERE : addressBlock(ip)
}
