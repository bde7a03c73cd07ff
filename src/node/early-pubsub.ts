import type { Connection, Libp2pEvents, TypedEventTarget } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'

interface Components {
  events: TypedEventTarget<Libp2pEvents>
  registrar: Registrar
}

/** The protocol under which topologies of pubsub are found. */
export const GOSSIPSUB = '/meshsub/1.2.0'

/**
 * A libp2p service that opens the pubsub stream as soon as a connection stands, beside identify instead of after it: one
 * round trip less before the first hello, and one less before the relay's subscriptions are known. Browsers do so with
 * the relays that they dial, relays with everybody (`inbound`); who does not speak gossipsub just declines the stream.
 */
export function earlyPubsub({ inbound = false } = {}): (components: Components) => object {
  return ({ events, registrar }) => {
    events.addEventListener('connection:open', ({ detail: connection }: CustomEvent<Connection>) => {
      if ((connection.direction === 'inbound' && !inbound) || connection.limits !== undefined) return
      for (const topology of registrar.getTopologies(GOSSIPSUB)) topology.onConnect?.(connection.remotePeer, connection)
    })
    return {}
  }
}
