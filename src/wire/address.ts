import { Refusal } from './message.ts'
import type { PeerKey } from './message.ts'
import { MAX_ADDRESS_CHARS } from './protocol.ts'

/** Peer ids are written in base58btc or base36; together they use all letters and digits but capital I and O. */
const PEER_KEY = /^[0-9A-HJ-NP-Za-z]{32,128}$/

/** Whether a value has the form of a peer id. Only libp2p can tell whether it is one. */
export function isPeerKey(value: unknown): value is PeerKey {
  return typeof value === 'string' && PEER_KEY.test(value)
}

/**
 * Reads a peer id in its text form.
 *
 * @throws {Refusal} `malformed`
 */
export function parsePeerKey(text: string): PeerKey {
  if (!isPeerKey(text)) throw new Refusal('malformed', 'not a peer id')
  return text
}

/** Whether a value looks like a multiaddr: `/`, then printable ASCII, at most MAX_ADDRESS_CHARS. libp2p judges the rest. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_ADDRESS_CHARS && /^\/[!-~]+$/.test(value)
}

/** Whether IPv4 addresses and ports are ones that exist: a mistyped digit should be told where it was typed. */
function hasPossibleNumbers(address: string): boolean {
  const parts = address.split('/')
  return parts.every((value, index) => {
    const name = parts[index - 1]
    if (name === 'tcp' || name === 'udp') return /^\d{1,5}$/.test(value) && Number(value) <= 65_535
    if (name !== 'ip4') return true
    const octets = value.split('.')
    return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255)
  })
}

/**
 * Reads a multiaddr that a person typed or pasted, without the white space around it.
 *
 * @throws {Refusal} `address-malformed`
 */
export function parseAddress(text: string): string {
  const address = text.trim()
  if (!isAddress(address) || !hasPossibleNumbers(address)) throw new Refusal('address-malformed', 'not a multiaddr')
  return address
}

/**
 * Reads a multiaddr that leads to a certain peer. In an address through a relay, the relay's own peer id does not count.
 *
 * @throws {Refusal} `address-malformed`, `address-not-a-peer`
 */
export function parsePeerAddress(text: string): string {
  const address = parseAddress(text)
  const lastHop = address.slice(address.lastIndexOf('/p2p-circuit') + 1)
  if (!/\/p2p\/[0-9A-Za-z]+/.test(lastHop)) throw new Refusal('address-not-a-peer', 'the multiaddr names no peer')
  return address
}
