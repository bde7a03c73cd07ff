/** An address under which a STUN server has seen us. */
export interface MappedAddress {
  address: string
  port: number
  /** The socket that was seen, as far as the browser names it. */
  base: string
}

/** What was seen from outside, all at the same time and from the same sockets. */
export interface MappingObservation {
  /** Addresses of this machine that the browser names; where it hides them, names that end in `.local`. */
  hosts: string[]
  mapped: MappedAddress[]
  /** Servers in different places that have answered. */
  servers: number
}

/**
 * How a router in between translates our ports: not at all; to one port whomever we talk to (`easy`: others can reach it
 * directly); to a different port for each partner (`hard`). `unknown` where it takes a second server to tell.
 */
export type NatKind = 'none' | 'easy' | 'hard' | 'unknown'

/** Tells the kind of NAT by its mapping, which decides about direct calls. https://www.rfc-editor.org/rfc/rfc4787#section-4.1 */
export function natKind({ hosts, mapped, servers }: MappingObservation): NatKind {
  if (servers === 0) return 'unknown'
  // Everybody can reach everybody by IPv4, or almost; translated IPv6 is rare.
  const v4 = mapped.filter(({ address }) => !address.includes(':'))
  const seen = v4.length > 0 ? v4 : mapped
  if (seen.length === 0 || seen.some(({ address }) => hosts.includes(address))) return 'none'
  const bases = Map.groupBy(seen, ({ base }) => base)
  if ([...bases.values()].some((places) => places.length > 1)) return 'hard'
  return servers > 1 ? 'easy' : 'unknown'
}

/** Whether IPv6 leads to the world: some address of ours, or one that a server saw, is a global one of it. */
export function hasIpv6({ hosts, mapped }: Pick<MappingObservation, 'hosts' | 'mapped'>): boolean | null {
  const known = [...hosts, ...mapped.map(({ address }) => address)]
  // Global unicast is 2000::/3. https://www.rfc-editor.org/rfc/rfc4291#section-2.4
  if (known.some((address) => /^[23][\da-f]{3}:/i.test(address))) return true
  return known.every((address) => address.endsWith('.local')) ? null : false
}
