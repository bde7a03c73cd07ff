import type { GossipSub, SubscriptionChangeData } from '@libp2p/gossipsub'
import type { Connection, Libp2p } from '@libp2p/interface'
import { GOSSIPSUB } from '../../src/node/early-pubsub.ts'
import type { Lifetime } from '../../src/util/abort.ts'

/** What dropping works with. */
interface DropOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'getConnections'>
  pubsub: Pick<GossipSub, 'addEventListener' | 'removeEventListener'>
}

/**
 * Drops a client's older connections once it speaks pubsub on a newer one: it keeps one such stream, and makes another only
 * where that was lost. So its network has changed, and nothing told us. As long as the old connection stays everything for
 * the client would go there: circuits, and what is said in its rooms, since libp2p takes the first connection and gossipsub
 * stays where it is. Ends with `signal`.
 */
export function dropSuperseded({ libp2p, pubsub, signal }: DropOptions): void {
  const check = ({ detail: { peerId } }: CustomEvent<SubscriptionChangeData>): void => {
    const spokenOn = libp2p.getConnections(peerId).filter(isSpokenOn)
    const newestAt = Math.max(...spokenOn.map(({ timeline }) => timeline.open))
    for (const older of spokenOn.filter(({ timeline }) => timeline.open < newestAt)) older.abort(new Error('the peer has connected anew'))
  }
  pubsub.addEventListener('subscription-change', check)
  signal.addEventListener('abort', () => pubsub.removeEventListener('subscription-change', check), { once: true })
}

/** Whether the client has made this connection, and opened a stream for pubsub on it. */
function isSpokenOn({ direction, limits, streams }: Connection): boolean {
  return direction === 'inbound' && limits === undefined && streams.some((stream) => stream.direction === 'inbound' && stream.protocol === GOSSIPSUB)
}
