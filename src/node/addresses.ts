import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { Circuit, WebRTC, WebRTCDirect, WebSockets, WebSocketsSecure } from '@multiformats/multiaddr-matcher'
import { Refusal } from '../wire/message.ts'
import type { PeerKey } from '../wire/message.ts'
import { MAX_ADDRESS_CHARS } from '../wire/protocol.ts'

/**
 * Parses a multiaddr that a person or a peer gave.
 *
 * @throws {Refusal} `address-malformed`
 */
export function parseAddress(text: string): Multiaddr {
  const trimmed = text.trim()
  if (trimmed.length > MAX_ADDRESS_CHARS) throw new Refusal('address-malformed', 'the address is too long')
  try {
    const address = multiaddr(trimmed)
    if (address.getComponents().length === 0) throw new Error('empty')
    return address
  } catch (cause) {
    throw new Refusal('address-malformed', 'not a multiaddr', { cause })
  }
}

/** The peer that an address leads to: its last `/p2p/` part, or undefined when it names none. */
export function peerOf(address: Multiaddr): PeerKey | undefined {
  const last = address.getComponents().at(-1)
  return last?.name === 'p2p' ? last.value as PeerKey : undefined
}

/** Whether the address leads straight to a listener, over what a browser can dial: only relays have such. */
export function isRelayAddress(address: Multiaddr): boolean {
  return [WebSockets, WebSocketsSecure, WebRTCDirect].some((kind) => kind.exactMatch(address))
}

/** The relay part of a circuit address (everything before `/p2p-circuit`); undefined for direct addresses. */
export function relayPartOf(address: Multiaddr): Multiaddr | undefined {
  const text = address.toString()
  const at = text.indexOf('/p2p-circuit')
  return at > 0 ? multiaddr(text.slice(0, at)) : undefined
}

/** The relays through which the addresses lead, each with its peer id; what is not a circuit through a relay is skipped. */
export function relaysNamedIn(addresses: readonly string[]): Multiaddr[] {
  const relays = addresses.flatMap((text) => {
    try {
      const relay = relayPartOf(parseAddress(text))
      return relay !== undefined && isRelayAddress(relay) && peerOf(relay) !== undefined ? [relay] : []
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return []
    }
  })
  return [...new Map(relays.map((relay) => [relay.toString(), relay])).values()]
}

/** The circuit address without the `/webrtc` step: enough for signaling, and without ICE in the way. */
export function asCircuit(address: Multiaddr): Multiaddr {
  return multiaddr(address.toString().replace('/p2p-circuit/webrtc', '/p2p-circuit'))
}

/** Keeps the addresses by which a browser can be dialled, each once, `/webrtc` first. */
export function dialableAddresses(addresses: Multiaddr[], self: PeerKey): string[] {
  const usable = addresses
    .filter((address) => WebRTC.matches(address) || Circuit.matches(address))
    .map((address) => peerOf(address) === self ? address.toString() : `${address.toString()}/p2p/${self}`)
  const unique = [...new Set(usable)]
  return [...unique.filter((text) => text.includes('/webrtc/')), ...unique.filter((text) => !text.includes('/webrtc/'))]
}

/** Which addresses this page may dial. */
export interface DialRule {
  /** The page itself came from a private or loopback address, or by plain http. */
  localPage: boolean
  /** The page is a secure context other than loopback, where the browser blocks plain `ws`. */
  securePage: boolean
}

/**
 * Whether a dial is refused before it starts. Private addresses are refused from public pages: other people's messages
 * must not make this browser knock on its own network, and browsers would ask for permission.
 * https://developer.chrome.com/blog/local-network-access
 */
export function denyDial(address: Multiaddr, rule: DialRule, approved: ReadonlySet<string>): boolean {
  const first = relayPartOf(address) ?? address
  if (approved.has(hostOf(first.toString()) ?? '')) return false
  if (rule.securePage && WebSockets.matches(first) && !WebSocketsSecure.matches(first)) return true
  if (!WebSockets.matches(first) && !WebSocketsSecure.matches(first) && !WebRTCDirect.matches(first)) return !WebRTC.matches(address)
  return !rule.localPage && isPrivate(first)
}

/** Host and port of an address, as one text: what a person approves by typing or opening it. Undefined when unreadable. */
export function hostOf(address: string): string | undefined {
  const parts = address.trim().split('/')
  return parts[0] === '' && parts.length >= 5 ? parts.slice(1, 5).join('/') : undefined
}

/** The host and port of an address, for people: `relay.example:443`. */
export function displayHost(address: Multiaddr): string {
  const [host, port] = address.getComponents()
  const name = host?.name === 'ip6' ? `[${host.value}]` : host?.value ?? ''
  return port?.value === undefined ? name : `${name}:${port.value}`
}
