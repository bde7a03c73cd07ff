import type { Connection, PeerId } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'

/**
 * A libp2p service that lists connections in linear time. The library makes a new list for each peer that it adds
 * (`connections = connections.concat(…)`) and lists all of them several times for each one that comes: from a thousand
 * connections on, a relay would do little else.
 */
export function connectionList({ connectionManager }: { connectionManager: ConnectionManager }): object {
  const ofPeer = connectionManager.getConnections.bind(connectionManager)
  connectionManager.getConnections = (peer?: PeerId): Connection[] => {
    if (peer !== undefined) return ofPeer(peer)
    const all: Connection[] = []
    for (const connections of connectionManager.getConnectionsMap().values()) all.push(...connections)
    return all
  }
  return {}
}
