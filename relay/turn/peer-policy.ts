/**
 * Which peers may be relayed to. A TURN server is a way into the network that it stands in (RFC 8656 section 21.2.1), so
 * only the public internet is reached, unless whoever runs the server says otherwise. Pure.
 */
import { addressBytes, plainAddress } from './address.ts'
import { contains, parseCidr } from './cidr.ts'
import type { Network } from './cidr.ts'

/** Networks that no relayed packet may reach, from IANA's special-purpose registries (RFC 6890) and what came after. */
export const DEFAULT_DENY_NETWORKS: readonly string[] = [
  // This network, private (RFC 1918), carrier-grade NAT (RFC 6598), loopback, link-local.
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16',
  // IETF protocol assignments, 6to4 anycast, benchmarks, documentation.
  '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24',
  // Multicast; reserved and broadcast.
  '224.0.0.0/4', '240.0.0.0/4',
  // All of IPv6 that is not global unicast: unspecified, loopback, mapped, unique local, link-local, multicast and the rest.
  '::/3', '4000::/2', '8000::/1',
  // Teredo, ORCHID and other protocol assignments; documentation.
  '2001::/23', '2001:db8::/32', '3fff::/20'
]

/** Nobody may allow these: there is no one peer behind them. */
const NEVER = ['0.0.0.0/8', '224.0.0.0/4', '255.255.255.255/32', '::/128', 'ff00::/8'].map(parseCidr)

/** IPv6 addresses that lead to an IPv4 address: where in the 16 bytes it stands. */
const EMBEDDINGS = [
  { network: parseCidr('::ffff:0:0/96'), at: 12 }, // IPv4-mapped (RFC 4291 section 2.5.5.2)
  { network: parseCidr('64:ff9b::/96'), at: 12 }, // NAT64 (RFC 6052)
  { network: parseCidr('2002::/16'), at: 2 } // 6to4 (RFC 3056)
]

/** Decides about one peer address. */
export type PeerPolicy = (address: string) => boolean

export interface PeerPolicyOptions {
  /** Networks that may be reached although they are denied. */
  allow: readonly string[]
  /** Networks that may not be reached. */
  deny: readonly string[]
  /** This machine's own addresses: services that listen only for it must stay unreachable. */
  own: readonly string[]
}

/**
 * Makes the policy. Whether packets to an address may leave this machine; relayed addresses of this server are reached
 * without leaving it and need no leave.
 *
 * @throws {RangeError} for something that is no network
 */
export function createPeerPolicy({ allow, deny, own }: PeerPolicyOptions): PeerPolicy {
  const allowed = allow.map(parseCidr)
  const denied = deny.map(parseCidr)
  const ownAddresses = new Set(own.map(plainAddress))
  const isIn = (networks: readonly Network[], address: Buffer): boolean => networks.some((network) => contains(network, address))
  return (text) => {
    const bytes = addressBytes(text)
    if (bytes === undefined) return false
    const inner = embedded(bytes)
    const faces = inner === undefined ? [bytes] : [bytes, inner]
    if (faces.some((face) => isIn(NEVER, face))) return false
    if (faces.some((face) => isIn(allowed, face))) return true
    // An address that stands for an IPv4 one is judged as that one.
    return !ownAddresses.has(text) && !faces.some((face) => ownHas(ownAddresses, face)) && !isIn(denied, inner ?? bytes)
  }
}

function embedded(address: Buffer): Buffer | undefined {
  const found = EMBEDDINGS.find(({ network }) => contains(network, address))
  return found === undefined ? undefined : address.subarray(found.at, found.at + 4)
}

function ownHas(own: ReadonlySet<string>, address: Buffer): boolean {
  return address.length === 4 && own.has([...address].join('.'))
}
