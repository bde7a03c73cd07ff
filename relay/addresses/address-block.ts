import { isIP } from 'node:net'

const GROUPS = 8
const PREFIX_GROUPS = 4
const MAPPED_PREFIX = '0:0:0:0:0:ffff'

/**
 * An IP address as itself: IPv4 as IPv4 although it arrived at an IPv6 socket (RFC 4291 section 2.5.5.2), and IPv6 without
 * the zone of a link-local address. What is no IP address comes back unchanged.
 */
export function plainAddress(text: string): string {
  const address = text.replace(/%.*$/, '')
  if (isIP(address) !== 6) return text
  const groups = groupsOf(address)
  return groups.slice(0, 6).join(':') === MAPPED_PREFIX ? dotted(groups) : address
}

/**
 * What one visitor of the internet is counted under: an IPv4 address is its own block, IPv6 counts by /64, of which a
 * provider gives at least one to each customer (RFC 6177). What is no IP address is its own block, too.
 */
export function addressBlock(text: string): string {
  const address = plainAddress(text)
  if (isIP(address) !== 6) return address
  return `${groupsOf(address).slice(0, PREFIX_GROUPS).join(':')}::/64`
}

/** The eight groups of an IPv6 address, each without leading zeros. */
function groupsOf(address: string): string[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_whole, a: string, b: string, c: string, d: string) => (
    `${hexOf(a, b)}:${hexOf(c, d)}`))
  const [head = '', tail] = hex.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : GROUPS - before.length - after.length
  return [...before, ...'0'.repeat(zeros), ...after].map((group) => Number.parseInt(group, 16).toString(16))
}

function hexOf(high: string, low: string): string {
  return (Number(high) * 256 + Number(low)).toString(16)
}

function dotted(groups: readonly string[]): string {
  return groups.slice(6).map((group) => Number.parseInt(group, 16)).map((value) => `${value >> 8}.${value & 255}`).join('.')
}
