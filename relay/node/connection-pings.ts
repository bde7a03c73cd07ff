import type { Connection, Libp2p } from '@libp2p/interface'
import type { Ping } from '@libp2p/ping'
import type { Lifetime } from '../../src/util/abort.ts'
import { onAbort, withTimeout } from '../../src/util/abort.ts'

/** Between pings, and until one must be answered, milliseconds. */
const PING_MS = 20_000
const ANSWER_MS = 30_000
const MISSED = 2

/**
 * Drops connections that have gone silent, other than WebSockets, which see to it themselves: those of other relays by TCP,
 * and of browsers by webrtc-direct. Ends with `signal`.
 */
export function pingConnections({ libp2p, signal }: { libp2p: Libp2p<{ ping: Ping }> } & Lifetime): void {
  const missed = new WeakMap<Connection, number>()
  const check = async (connection: Connection): Promise<void> => {
    const limit = withTimeout(signal, ANSWER_MS)
    try {
      await libp2p.services.ping.ping(connection.remotePeer, { signal: limit.signal })
      missed.delete(connection)
    } catch (error) {
      const count = (missed.get(connection) ?? 0) + 1
      missed.set(connection, count)
      if (count >= MISSED && !signal.aborted) connection.abort(error as Error)
    } finally {
      limit.done()
    }
  }
  const timer = setInterval(() => {
    for (const connection of libp2p.getConnections()) {
      if (connection.limits === undefined && !connection.remoteAddr.toString().includes('/ws')) void check(connection)
    }
  }, PING_MS)
  onAbort(signal, () => clearInterval(timer))
}
