import type { PeerId } from '@libp2p/interface'
import { isPrivate } from '@libp2p/utils'
import type { Multiaddr } from '@multiformats/multiaddr'
import { MAX_ADDRESS_CHARS } from '../../src/wire/protocol.ts'

const NETWORK = new Set(['ip4', 'ip6', 'dns', 'dns4', 'dns6', 'dnsaddr'])

/**
 * Whether an address that somebody claims for a peer is kept: one that starts with a host, is no longer than is accepted
 * anywhere, and can be read. A multiaddr is bytes that are looked into late: one that cannot be read then would break every
 * answer of the DHT that it is part of.
 */
export function keepsAddress(_peer: PeerId, address: Multiaddr): boolean {
  try {
    // Asked for what it throws: the DHT asks again in the middle of an answer.
    isPrivate(address)
    return NETWORK.has(address.getComponents()[0]?.name ?? '') && address.toString().length <= MAX_ADDRESS_CHARS
  } catch {
    // It cannot be read, which is all that is asked here.
    return false
  }
}
