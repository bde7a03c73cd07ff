import type { Connection, PeerId } from '@libp2p/interface'
import { signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { isRelayAddress } from './addresses.ts'

/** What the circuit transport keeps reservations in. Not in its typed surface. */
interface ReservationStore {
  connectionManager: ConnectionManager
  addRelay(relay: PeerId, type: 'discovered'): Promise<unknown>
  addEventListener(type: 'relay:created-reservation' | 'relay:removed', listener: (event: CustomEvent<{ relay: PeerId }>) => void): void
}

interface ConnectionManager {
  getConnections(peer: PeerId): Connection[]
  openConnection(peer: PeerId): Promise<Connection>
}

/** A filter that has seen nobody. */
const NOBODY = { has: () => false, add: () => undefined }

/**
 * Our places at relays, through which others can dial us. The library fills them by itself where all goes well, and renews
 * them in time; what it does not do is to ask again a relay that did not answer once. So the keeper asks, and the library
 * is kept from two things: shunning a relay, and dialling lost ones itself, which would hold up the living behind them.
 */
export class RelaySlots {
  readonly #held = stateSignal<ReadonlySet<string>>(new Set())
  #store: ReservationStore | undefined

  /** Peer ids of the relays at which we have a place. */
  get held(): ReadonlySignal<ReadonlySet<string>> { return this.#held }

  /** Takes charge of a circuit transport's reservations. */
  attach(transport: unknown): void {
    const { reservationStore: store } = transport as { reservationStore: ReservationStore }
    // It is made anew at each change; what it is made to be is not kept.
    Object.defineProperty(store, 'relayFilter', { get: () => NOBODY, set() {} })
    store.connectionManager = connectedOnly(store.connectionManager)
    store.addEventListener('relay:created-reservation', ({ detail: { relay } }) => this.#update((held) => held.add(relay.toString())))
    store.addEventListener('relay:removed', ({ detail: { relay } }) => this.#update((held) => held.delete(relay.toString())))
    this.#store = store
  }

  /** Asks a connected relay for a place; false when it gave none. */
  async reserve(relay: PeerId): Promise<boolean> {
    try {
      await this.#store?.addRelay(relay, 'discovered')
      return this.#held.peek().has(relay.toString())
    } catch {
      // Full, silent or just gone: the keeper asks again later, or asks another.
      return false
    }
  }

  #update(change: (held: Set<string>) => void): void {
    const held = new Set(this.#held.peek())
    change(held)
    this.#held.value = held
  }
}

/** The same manager, to which only connected relays can be connected: their straight connection, and never a member link. */
function connectedOnly(manager: ConnectionManager): ConnectionManager {
  return {
    getConnections: (peer) => manager.getConnections(peer),
    openConnection: async (peer) => {
      const connection = manager.getConnections(peer)
        .find(({ status, limits, remoteAddr }) => status === 'open' && limits === undefined && isRelayAddress(remoteAddr))
      if (connection === undefined) throw new Error('not connected to this relay')
      return connection
    }
  }
}
