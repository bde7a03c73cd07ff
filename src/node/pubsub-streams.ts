/** Opens gossipsub's streams to all peers at the same time. */
import type { GossipSub } from '@libp2p/gossipsub'
import type { Connection, PeerId } from '@libp2p/interface'

/** A connection on which gossipsub wants a stream. */
interface Opening {
  peerId: PeerId
  connection: Connection
}

/** How gossipsub opens its streams. Not in its typed surface. */
interface OpensStreams {
  outboundInflightQueue: AsyncIterable<Opening> & { push: (opening: Opening) => void, end: () => void }
  /** Does nothing where there is a stream to the peer already. Never rejects. */
  createOutboundStream(peer: PeerId, connection: Connection): Promise<void>
}

/**
 * Gives a gossipsub that has not started another queue of streams to open. By itself it opens them one after the other: a
 * single peer that does not negotiate, hostile or asleep, holds up the streams to everybody else by ten seconds. Here only
 * those to one peer wait for each other, since a peer gets one.
 */
export function openStreamsAtOnce(pubsub: GossipSub): GossipSub {
  const gossipsub = pubsub as unknown as OpensStreams
  const opening = new Map<string, Promise<void>>()
  const push = ({ peerId, connection }: Opening): void => {
    const peer = peerId.toString()
    const before = opening.get(peer) ?? Promise.resolve()
    const turn = before.then(() => gossipsub.createOutboundStream(peerId, connection)).finally(() => {
      if (opening.get(peer) === turn) opening.delete(peer)
    })
    opening.set(peer, turn)
  }
  const queue: OpensStreams['outboundInflightQueue'] = {
    push,
    end: () => opening.clear(),
    // gossipsub reads its queue to the end when it starts, and is to find nothing there.
    async * [Symbol.asyncIterator]() { /* empty */ }
  }
  // It makes a new one whenever it starts.
  Object.defineProperty(pubsub, 'outboundInflightQueue', { get: () => queue, set() {} })
  return pubsub
}
