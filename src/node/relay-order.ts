import { WebRTCDirect, WebSockets, WebSocketsSecure } from '@multiformats/multiaddr-matcher'
import { Refusal } from '../wire/message.ts'
import { parseAddress, peerOf } from './addresses.ts'

/** A relay and the ways to it. */
export interface KnownRelay {
  /** Its peer id, or the address itself where that names no peer. */
  key: string
  /** The best first. */
  addresses: string[]
}

/**
 * Ways to a relay, the best first. WebRTC comes last: UDP may be blocked, and the handshake takes longer. A TLS socket
 * before a plain one, which middleboxes like to meddle with.
 */
const KINDS = [WebSocketsSecure, WebSockets, WebRTCDirect]

/** Addresses by relay: relays in the order in which they first occur, the addresses of each by their kind. */
export function byRelay(addresses: readonly string[]): KnownRelay[] {
  const relays = new Map<string, { address: string, rank: number }[]>()
  for (const address of addresses) {
    const { key, rank } = judge(address)
    relays.set(key, [...relays.get(key) ?? [], { address, rank }])
  }
  return [...relays].map(([key, ways]) => ({ key, addresses: ways.toSorted((a, b) => a.rank - b.rank).map(({ address }) => address) }))
}

/** One attempt in so many also tries WebRTC where there is another way. */
const WEBRTC_EVERY = 8

/**
 * The ways to try after so many failures. A browser has a few hundred RTCPeerConnections to spend in the life of a page, so
 * the quick attempts after a loss go by socket, except the first and then every eighth.
 */
export function waysAfter(addresses: readonly string[], failures: number): string[] {
  const sockets = addresses.filter((address) => !address.includes('/webrtc-direct'))
  return sockets.length === 0 || failures % WEBRTC_EVERY === 0 ? [...addresses] : sockets
}

function judge(text: string): { key: string, rank: number } {
  try {
    const address = parseAddress(text)
    const rank = KINDS.findIndex((kind) => kind.matches(address))
    return { key: peerOf(address) ?? text, rank: rank < 0 ? KINDS.length : rank }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Kept: whoever tries it can tell the person that it is none.
    return { key: text, rank: KINDS.length }
  }
}
