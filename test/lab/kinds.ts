/** What stands between a site and the internet, and who can reach whom without a relay. Pure. */

/**
 * - `open`: nothing, a public address.
 * - `full-cone`, `address-restricted`, `port-restricted`: NATs that keep one public port for each of ours, and let in
 *   everybody, those whose address was written to, or those whose address and port was written to (RFC 4787 section 5:
 *   endpoint-independent, address-dependent, address and port-dependent filtering).
 * - `symmetric`: a NAT with a public port of its own for each destination (RFC 4787 section 4.1).
 * - `udp-blocked`: TCP only, `https-only`: TCP to port 443 only.
 */
export const SITE_KINDS = ['open', 'full-cone', 'address-restricted', 'port-restricted', 'symmetric', 'udp-blocked', 'https-only'] as const

export type SiteKind = typeof SITE_KINDS[number]

/** Each pair of kinds once, same-kind pairs included. */
export function allPairs(kinds: readonly SiteKind[] = SITE_KINDS): Array<readonly [SiteKind, SiteKind]> {
  return kinds.flatMap((first, index) => kinds.slice(index).map((second) => [first, second] as const))
}

/** Whether the text names a kind of site. */
export function isSiteKind(text: string): text is SiteKind {
  return (SITE_KINDS as readonly string[]).includes(text)
}

/**
 * Whether UDP can flow between two such sites without a relay. It must leave both; and where one side's port for the other
 * cannot be known beforehand, the other side must not insist on it.
 */
export function isDirectPossible(a: SiteKind, b: SiteKind): boolean {
  if ([a, b].some((kind) => kind === 'udp-blocked' || kind === 'https-only')) return false
  const insists = (kind: SiteKind): boolean => kind === 'port-restricted' || kind === 'symmetric'
  return !(a === 'symmetric' && insists(b)) && !(b === 'symmetric' && insists(a))
}

/** Interface of a site that leads to the internet. */
export const WAN = 'wan'
/** The router's interface that leads to the site's own network. */
export const LAN = 'lan'

/** Longer than NATs keep a mapping that is in use (RFC 4787 section 4.3), so that only the kernel's own tracking ends one. */
const MAPPING = '5m'

/** The ruleset of a site's router. Nothing of the router itself is reached from outside. */
export function routerRules(kind: Exclude<SiteKind, 'open'>): string {
  const { sets = '', learn = '', inbound = '' } = FILTERING[kind] ?? {}
  return `
table ip router {
  ${sets}
  chain prerouting {
    type nat hook prerouting priority dstnat
    ${inbound}
  }
  chain postrouting {
    type nat hook postrouting priority srcnat
    oifname "${WAN}" masquerade ${kind === 'symmetric' ? 'fully-random' : ''}
  }
  chain input {
    type filter hook input priority filter
    iifname "${WAN}" drop
  }
  chain forward {
    type filter hook forward priority filter; policy drop
    ct state established,related accept
    ct status dnat accept
    iifname "${LAN}" ${OUTGOING[kind] ?? ''} accept
  }
  chain learn {
    type filter hook forward priority filter - 1
    ${learn}
  }
}`
}

const OUTGOING: Partial<Record<SiteKind, string>> = {
  'udp-blocked': 'meta l4proto tcp',
  'https-only': 'tcp dport 443'
}

/** NATs that let in more than answers: what they remember of outgoing packets, and whom that admits. */
const FILTERING: Partial<Record<SiteKind, { sets: string, learn: string, inbound: string }>> = {
  'full-cone': {
    sets: `map open { type inet_service : ipv4_addr; flags dynamic,timeout; timeout ${MAPPING}; }`,
    learn: `iifname "${LAN}" meta l4proto udp update @open { udp sport : ip saddr }`,
    inbound: `iifname "${WAN}" meta l4proto udp dnat to udp dport map @open`
  },
  'address-restricted': {
    sets: `map known { type inet_service . ipv4_addr : ipv4_addr; flags dynamic,timeout; timeout ${MAPPING}; }`,
    learn: `iifname "${LAN}" meta l4proto udp update @known { udp sport . ip daddr : ip saddr }`,
    inbound: `iifname "${WAN}" meta l4proto udp dnat to udp dport . ip saddr map @known`
  }
}
