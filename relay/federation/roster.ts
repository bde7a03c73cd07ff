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
  /** Those whose verdict is yes. A relay has thousands of clients and a handful of these: what goes on among clients costs nothing here. */
  readonly #relays = new Map<string, PeerId>()
  /** Called at each verdict. */
  readonly #waiting = new Set<() => void>()
  /** Called when a relay has come or gone. */
  readonly #listeners = new Set<() => void>()

  constructor({ libp2p, dht, signal }: RosterOptions) {
    this.#libp2p = libp2p
    this.#signal = signal
    libp2p.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => {
      if (libp2p.getConnections(peerId).length > 0) this.#set(peerId, isRelay(protocols, dht))
    }, { signal })
    libp2p.addEventListener('peer:disconnect', ({ detail: peer }) => {
      const name = peer.toString()
      if (this.#verdicts.delete(name)) this.#tell(this.#waiting)
      if (this.#relays.delete(name)) this.#tell(this.#listeners)
    }, { signal })
  }

  /** Connections to relays, one for each; those that we opened come first. */
  connections(): Connection[] {
    const best = [...this.#relays.values()].flatMap((peer) => {
      const direct = this.#libp2p.getConnections(peer).filter(({ limits }) => limits === undefined)
      return direct.find(({ direction }) => direction === 'outbound') ?? direct.slice(0, 1)
    })
    return best.toSorted((a, b) => Number(b.direction === 'outbound') - Number(a.direction === 'outbound'))
  }

  /** Whether a connected peer is a relay: waits for its identify, and takes silence for `limitMs` milliseconds as no. */
  async verdict(peer: PeerId, limitMs: number): Promise<boolean> {
    const name = peer.toString()
    const limit = withTimeout(this.#signal, limitMs)
    const settled = Promise.withResolvers<void>()
    const check = (): void => {
      if (this.#verdicts.has(name) || this.#libp2p.getConnections(peer).length === 0) settled.resolve()
    }
    this.#waiting.add(check)
    onAbort(limit.signal, () => settled.resolve())
    check()
    await settled.promise
    this.#waiting.delete(check)
    limit.done()
    return this.#verdicts.get(name) === true
  }

  /** Calls `listener` whenever a relay has been recognised or has gone, until its own signal aborts. */
  onChange(listener: () => void, { signal }: Lifetime): void {
    this.#listeners.add(listener)
    onAbort(signal, () => this.#listeners.delete(listener))
  }

  #set(peer: PeerId, relay: boolean): void {
    const name = peer.toString()
    this.#verdicts.set(name, relay)
    this.#tell(this.#waiting)
    if (relay) this.#relays.set(name, peer)
    else if (!this.#relays.delete(name)) return
    this.#tell(this.#listeners)
  }

  #tell(listeners: ReadonlySet<() => void>): void {
    for (const listener of listeners) listener()
  }
}
