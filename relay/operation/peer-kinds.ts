import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { Connection, Libp2p } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Lifetime } from '../../src/util/abort.ts'

/** What a peer is to a relay: another relay, or one of those it is there for. */
export type PeerKind = 'client' | 'relay'

/** How a connection reaches this machine. */
export type TransportName = 'websocket' | 'tcp' | 'webrtc-direct' | 'circuit' | 'other'

/** Knows which of the connected peers are relays. */
export interface PeerKinds {
  kindOf(peer: string): PeerKind
  /** Peer ids of connected relays. */
  relays(): string[]
}

/** Follows what peers say about themselves until `signal` aborts. A relay counts as a client until it has said that it is one. */
export function watchPeerKinds(libp2p: Pick<Libp2p, 'addEventListener'>, { signal }: Lifetime): PeerKinds {
  const relays = new Set<string>()
  libp2p.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => {
    if (protocols.includes(RELAY_V2_HOP_CODEC)) relays.add(peerId.toString())
  }, { signal })
  libp2p.addEventListener('peer:disconnect', ({ detail: peerId }) => { relays.delete(peerId.toString()) }, { signal })
  return { kindOf: (peer) => relays.has(peer) ? 'relay' : 'client', relays: () => [...relays] }
}

/** Taking an address apart is the dear part of counting ten thousand connections every few seconds. */
const known = new WeakMap<Multiaddr, TransportName>()

/** The transport of a connection, from the names in its remote address. */
export function transportOf({ remoteAddr }: Pick<Connection, 'remoteAddr'>): TransportName {
  const transport = known.get(remoteAddr) ?? transportIn(remoteAddr)
  known.set(remoteAddr, transport)
  return transport
}

function transportIn(address: Multiaddr): TransportName {
  const names = new Set(address.getComponents().map(({ name }) => name))
  if (names.has('p2p-circuit')) return 'circuit'
  if (names.has('webrtc-direct')) return 'webrtc-direct'
  if (names.has('ws') || names.has('wss')) return 'websocket'
  return names.has('tcp') ? 'tcp' : 'other'
}
