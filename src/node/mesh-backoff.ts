/** Lets a peer that left a topic come back to it at once. */
import type { GossipSub } from '@libp2p/gossipsub'
import type { Lifetime } from '../util/abort.ts'

/** A gossipsub's record of who must not be grafted again: by topic, then by peer, until when. Not in its typed surface. */
interface KeepsBackoff {
  readonly backoff: Map<string, Map<string, number>>
}

/**
 * Forgets each PRUNE that neighbours send, until `signal` aborts. gossipsub refuses to graft a pruned peer for as long as
 * a note of it exists and clears notes only every 15 heartbeats, whatever the back-off says; in the meantime a peer that
 * has left a room and come back is told of messages a heartbeat late, if at all.
 */
export function forgetPrunes(pubsub: GossipSub, { signal }: Lifetime): void {
  pubsub.addEventListener('gossipsub:prune', ({ detail: { peerId, topic, direction } }) => {
    if (direction === 'inbound') notes(pubsub).get(topic)?.delete(peerId)
  }, { signal })
}

/** Unsubscribes so that subscribing again, the next moment, finds the neighbours graftable. */
export function unsubscribeForNow(pubsub: GossipSub, topic: string): void {
  pubsub.unsubscribe(topic)
  notes(pubsub).delete(topic)
}

function notes(pubsub: GossipSub): KeepsBackoff['backoff'] {
  return (pubsub as unknown as KeepsBackoff).backoff
}
