import { isIP } from 'node:net'
import { isPrivateIp } from '@libp2p/utils'
import { addressOfVisit } from './host-address.ts'
import type { Visit } from './host-address.ts'

/** Where the relay is. */
export interface RelayAddresses {
  peerId: string
  /** Chosen by who runs it: told to everybody. Multiaddrs with the peer id, as all here. */
  announced: readonly string[]
  /** Found on this machine: told to those to whom they may be of use. */
  listened: readonly string[]
  /** Listens on one address only, rather than on all. */
  host: string | undefined
}

/** What is written into the page. */
export interface PageFacts {
  relays: readonly string[]
  network: string
}

/** A machine may have many networks, and each address is one more for a browser to try. */
const MAX_DIRECT = 4

/**
 * The multiaddrs to write into the page, each once: first the one by which the page itself was reached, which is sure to
 * work; then those by TLS, by plain WebSocket, and by webrtc-direct, which every page may use. A page that came by https
 * gets no plain WebSocket, which the browser would block as mixed content.
 */
export function relaysForPage(visit: Visit, { peerId, announced, listened, host }: RelayAddresses): string[] {
  const own = addressOfVisit(visit)
  const reached = own === undefined ? [] : [`${own}/p2p/${peerId}`]
  const webSockets = [...announced.filter(isWebSocket), ...listened.filter((address) => isWebSocket(address) && isForStrangers(address))]
  const plain = visit.secure ? [] : webSockets.filter((address) => !isSecure(address))
  const direct = [...announced.filter(isDirect), ...directFor(ipOf(own), listened.filter(isDirect), host === undefined)]
  return [...new Set([...reached, ...webSockets.filter(isSecure), ...plain, ...direct])]
}

function isWebSocket(address: string): boolean {
  return /\/wss?(\/|$)/.test(address)
}

function isSecure(address: string): boolean {
  return /\/(tls|wss)\//.test(address)
}

function isDirect(address: string): boolean {
  return address.includes('/webrtc-direct/')
}

/** By a name, or by a public address without a certificate, which would be for a name. */
function isForStrangers(address: string): boolean {
  const ip = ipOf(address)
  return ip === undefined || address.includes('/sni/') || (!isSecure(address) && isPrivateIp(ip) === false)
}

/**
 * Who came by an IP address reaches webrtc-direct there as well, be it one that only a router in front knows; everybody
 * else is told what is not this machine talking to itself, public addresses first.
 */
function directFor(visited: string | undefined, listened: readonly string[], everywhere: boolean): string[] {
  if (visited !== undefined) {
    const same = listened.filter((address) => ipOf(address) === visited)
    if (same.length > 0) return same
    const alike = listened.find((address) => isIP(ipOf(address) ?? '') === isIP(visited))
    if (everywhere && alike !== undefined && !isLoopback(visited)) return [withIp(alike, visited)]
  }
  const away = listened.filter((address) => !isLoopback(ipOf(address) ?? ''))
  const isPublic = (address: string): boolean => isPrivateIp(ipOf(address) ?? '') === false
  return [...away.filter(isPublic), ...away.filter((address) => !isPublic(address))].slice(0, MAX_DIRECT)
}

function ipOf(address: string | undefined): string | undefined {
  return /^\/ip[46]\/([^/]+)/.exec(address ?? '')?.[1]
}

function withIp(address: string, ip: string): string {
  return address.replace(/^\/ip[46]\/[^/]+/, `/ip${isIP(ip)}/${ip}`)
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.')
}

/** The page with the facts in its `<meta>` elements, which are added when the page has none. */
export function pageWith(html: string, { relays, network }: PageFacts): string {
  return withMeta(withMeta(html, 'parley-relays', relays.join(' ')), 'parley-network', network)
}

function withMeta(html: string, name: string, content: string): string {
  const meta = `<meta name="${name}" content="${escapeAttribute(content)}">`
  const existing = new RegExp(`<meta\\s+name="${name}"[^>]*>`, 'i')
  return existing.test(html) ? html.replace(existing, () => meta) : html.replace('</head>', () => `  ${meta}\n</head>`)
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}
