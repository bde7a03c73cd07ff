import type { PeerInfo } from '@libp2p/interface'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { TCP, WebSockets, WebSocketsSecure } from '@multiformats/multiaddr-matcher'
import { MAX_ADDRESS_CHARS } from '../../src/wire/protocol.ts'

/** Most addresses of one provider that are tried. */
const MAX_ADDRESSES_TRIED = 4

/**
 * The addresses by which a relay may dial what it found in the DHT: straight ones only, since browsers file themselves
 * under the same key with addresses that lead through a relay; and no private ones when this relay is a public one,
 * since anyone may file anything, and a relay must not knock on its own network for strangers. Each address once.
 */
export function directAddresses({ id, multiaddrs }: PeerInfo, publicOnly: boolean): Multiaddr[] {
  const suffix = `/p2p/${id.toString()}`
  const direct = multiaddrs
    .map((address) => address.toString().endsWith(suffix) ? address : address.encapsulate(suffix))
    .filter(isDirect)
    .filter((address) => !publicOnly || !isPrivate(address))
  const unique = new Map(direct.map((address) => [address.toString(), address]))
  return [...unique.values()].slice(0, MAX_ADDRESSES_TRIED)
}

/** Whether other relays can reach `own` addresses: not those of a relay that listens nowhere, nor private ones of a public relay. */
export function isReachable(own: readonly Multiaddr[], publicOnly: boolean): boolean {
  return own.some((address) => isDirect(address) && (!publicOnly || !isPrivate(address)))
}

/** Whether `text` is the multiaddr of a direct way to `peer`. */
export function isDirectAddress(text: string, peer: string): boolean {
  try {
    return text.length <= MAX_ADDRESS_CHARS && text.endsWith(`/p2p/${peer}`) && isDirect(multiaddr(text))
  } catch {
    // Text that is no multiaddr is what this function is asked to find.
    return false
  }
}

function isDirect(address: Multiaddr): boolean {
  return [WebSockets, WebSocketsSecure, TCP].some((kind) => kind.exactMatch(address))
}
