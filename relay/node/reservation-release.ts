import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { Libp2p } from '@libp2p/interface'
import { delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'

/** What releasing slots works with. */
export interface ReleaseOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'addEventListener' | 'getConnections'>
  relay: Pick<CircuitRelayService, 'reservations'>
  /** How long a client that has gone keeps its slot, milliseconds: a link that flaps must not lose its place. */
  graceMs?: number
}

const DEFAULT_GRACE_MS = 60_000

/**
 * Gives a client's circuit relay slot to others a while after its last connection closed. The library itself holds the
 * slot until it expires, so that a tab that is reloaded a few times would fill a small relay. Ends with `signal`.
 */
export function releaseReservations({ libp2p, relay, graceMs = DEFAULT_GRACE_MS, signal }: ReleaseOptions): void {
  libp2p.addEventListener('peer:disconnect', ({ detail: peer }) => {
    if (!relay.reservations.has(peer)) return
    void delay(graceMs, signal).then(() => {
      if (signal.aborted || libp2p.getConnections(peer).length > 0) return
      // Its timer would otherwise remove the slot that the same client may have taken anew by then.
      relay.reservations.get(peer)?.signal.clear()
      relay.reservations.delete(peer)
    })
  }, { signal })
}
