import type { Connection, Libp2p } from '@libp2p/interface'
import { isAnswering } from '../../src/node/relay-pulse.ts'
import type { Lifetime } from '../../src/util/abort.ts'

/** A client that dials two of our addresses at once keeps one of them, and not always the last; milliseconds. */
const RACE_MS = 5_000
/** An old connection that takes longer to answer is given up, milliseconds: a client that is there has the new one. */
const PATIENCE_MS = 500

/**
 * Asks a client's old connection for a sign of life when it has made a new one, and drops it if none comes: its network has
 * changed, and nothing told us. Until the old one is found silent everything for the client would go there: circuits, and
 * what is said in its rooms, since libp2p takes the first connection and gossipsub stays where it is. Ends with `signal`.
 */
export function dropSuperseded({ libp2p, signal }: { libp2p: Pick<Libp2p, 'addEventListener' | 'getConnections'> } & Lifetime): void {
  const check = async (older: Connection): Promise<void> => {
    const isThere = await isAnswering(older, PATIENCE_MS, signal).catch(() => false)
    if (!isThere && !signal.aborted) older.abort(new Error('the peer has connected anew, and is silent here'))
  }
  libp2p.addEventListener('connection:open', ({ detail: newest }) => {
    if (newest.limits !== undefined || newest.direction !== 'inbound') return
    for (const older of libp2p.getConnections(newest.remotePeer)) {
      const isOlder = newest.timeline.open - older.timeline.open > RACE_MS
      if (isOlder && older.direction === 'inbound' && older.limits === undefined) void check(older)
    }
  }, { signal })
}
