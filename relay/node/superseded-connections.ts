import type { Libp2p } from '@libp2p/interface'
import type { Lifetime } from '../../src/util/abort.ts'

/** A client that dials two of our addresses at once keeps one of them, and not always the last; milliseconds. */
const RACE_MS = 5_000

/**
 * Drops a client's old connection when it has made a new one: its network has changed, and nothing told us. Until the old
 * one is found silent everything for the client would go there: circuits, and what is said in its rooms, since libp2p takes
 * the first connection and gossipsub stays where it is. Ends with `signal`.
 */
export function dropSuperseded({ libp2p, signal }: { libp2p: Pick<Libp2p, 'addEventListener' | 'getConnections'> } & Lifetime): void {
  libp2p.addEventListener('connection:open', ({ detail: newest }) => {
    if (newest.limits !== undefined || newest.direction !== 'inbound') return
    for (const older of libp2p.getConnections(newest.remotePeer)) {
      const isOlder = newest.timeline.open - older.timeline.open > RACE_MS
      if (isOlder && older.direction === 'inbound' && older.limits === undefined) older.abort(new Error('the peer has connected anew'))
    }
  }, { signal })
}
