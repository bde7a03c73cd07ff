import type { Connection, Libp2pEvents, TypedEventTarget } from '@libp2p/interface'
import type { ConnectionManager, Registrar } from '@libp2p/interface-internal'
import { GOSSIPSUB } from './early-pubsub.ts'

interface Components {
  events: TypedEventTarget<Libp2pEvents>
  registrar: Registrar
  connectionManager: ConnectionManager
}

/**
 * A libp2p service that tells gossipsub which connection to a peer is left when one of several closes. By itself it hears
 * only of the last: its one stream to the peer would be gone, while the peer still counts as one that listens. Of a peer
 * that has only a limited connection left it is told that the peer has gone, which for gossipsub it has.
 */
export function pubsubFollower(): (components: Components) => object {
  return ({ events, registrar, connectionManager }) => {
    const follow = ({ limits, remotePeer }: Connection): void => {
      if (limits !== undefined) return
      const left = connectionManager.getConnections(remotePeer).find((each) => each.status === 'open' && each.limits === undefined)
      for (const topology of registrar.getTopologies(GOSSIPSUB)) {
        if (left === undefined) topology.onDisconnect?.(remotePeer)
        else topology.onConnect?.(remotePeer, left)
      }
    }
    // A moment later: the streams of the connection, gossipsub's among them, close in the same turn as the connection.
    events.addEventListener('connection:close', ({ detail: connection }: CustomEvent<Connection>) => { setTimeout(follow, 0, connection) })
    return {}
  }
}
