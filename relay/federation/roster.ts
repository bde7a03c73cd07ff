import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { Connection, Libp2p, PeerId } from '@libp2p/interface'
import { onAbort, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'

/** What the roster works with. */
export interface RosterOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'addEventListener' | 'getConnections'>
  /** The network's DHT protocol: only its relays serve it. */
  dht: string
}

/** Whether a peer with these protocols is a relay of the network: it serves the network's DHT and relays circuits. */
export function isRelay(protocols: readonly string[], dht: string): boolean {
  return protocols.includes(dht) && protocols.includes(RELAY_V2_HOP_CODEC)
}

/**
 * Which of the connected peers are relays of this network, by their own identify. It proves no good intentions, only that
 * the peer is at the other end and plays this role. Remembers nobody who is not connected. Ends with `signal`.
 */
export class Roster {
  readonly #libp2p: RosterOptions['libp2p']
  readonly #signal: AbortSignal
  readonly #verdicts = new Map<string, boolean>()
  readonly #listeners = new Set<() => void>()

  constructor({ libp2p, dht, signal }: RosterOptions) {
    this.#libp2p = libp2p
    this.#signal = signal
    libp2p.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => {
      if (libp2p.getConnections(peerId).length > 0) this.#set(peerId, isRelay(protocols, dht))
    }, { signal })
    libp2p.addEventListener('peer:disconnect', ({ detail: peer }) => {
      if (this.#verdicts.delete(peer.toString())) this.#tell()
    }, { signal })
  }

  /** Connections to relays, one for each; those that we opened come first. */
  connections(): Connection[] {
    const relays = new Map<string, Connection>()
    for (const connection of this.#libp2p.getConnections()) {
      const peer = connection.remotePeer.toString()
      if (this.#verdicts.get(peer) !== true || connection.limits !== undefined) continue
      if (!relays.has(peer) || connection.direction === 'outbound') relays.set(peer, connection)
    }
    return [...relays.values()].toSorted((a, b) => Number(b.direction === 'outbound') - Number(a.direction === 'outbound'))
  }

  /** Whether a connected peer is a relay: waits for its identify, and takes silence for `limitMs` milliseconds as no. */
  async verdict(peer: PeerId, limitMs: number): Promise<boolean> {
    const name = peer.toString()
    const limit = withTimeout(this.#signal, limitMs)
    const settled = Promise.withResolvers<void>()
    const check = (): void => {
      if (this.#verdicts.has(name) || this.#libp2p.getConnections(peer).length === 0) settled.resolve()
    }
    this.#listeners.add(check)
    onAbort(limit.signal, () => settled.resolve())
    check()
    await settled.promise
    this.#listeners.delete(check)
    limit.done()
    return this.#verdicts.get(name) === true
  }

  /** Calls `listener` whenever a relay has been recognised or a known peer is gone, until its own signal aborts. */
  onChange(listener: () => void, { signal }: Lifetime): void {
    this.#listeners.add(listener)
    onAbort(signal, () => this.#listeners.delete(listener))
  }

  #set(peer: PeerId, relay: boolean): void {
    this.#verdicts.set(peer.toString(), relay)
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
