import { isIPv4, isIPv6 } from 'node:net'

const HOST_HEADER = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?)(?::([1-9]\d{0,4}))?$/i
const MAX_PORT = 65_535

/** How a browser reached the page. */
export interface Visit {
  /** The request's Host header, as it came. */
  host: string | undefined
  /** The page came by https, through a proxy in front of the relay. */
  secure: boolean
}

/**
 * The relay's multiaddr as seen from where the page is shown: the host and port the browser itself used, so that a phone
 * that opened http://192.168.1.5:8080 is given that address. Undefined when the header is none or is malformed.
 */
export function addressOfVisit({ host, secure }: Visit): string | undefined {
  const [, name, portText] = HOST_HEADER.exec(host ?? '') ?? []
  if (name === undefined) return undefined
  const port = portText === undefined ? (secure ? 443 : 80) : Number(portText)
  if (port > MAX_PORT) return undefined
  const hostPart = hostOf(name.toLowerCase())
  return hostPart === undefined ? undefined : `${hostPart}/tcp/${port}${secure ? '/tls' : ''}/ws`
}

/**
 * The same page by https, on the port by which it was asked for; undefined when the Host header is none or is malformed.
 * `path` is the request's target.
 */
export function secureUrl(host: string | undefined, path: string): string | undefined {
  const [whole] = HOST_HEADER.exec(host ?? '') ?? []
  // A target may also be a whole URL, which would not be a path here.
  return whole === undefined || !path.startsWith('/') ? undefined : `https://${whole}${path}`
}

function hostOf(name: string): string | undefined {
  // Spares the name's lookup, which on some systems tries IPv6 first.
  if (name === 'localhost') return '/ip4/127.0.0.1'
  if (isIPv4(name)) return `/ip4/${name}`
  if (name.startsWith('[')) {
    const address = name.slice(1, -1)
    return isIPv6(address) ? `/ip6/${address}` : undefined
  }
  // What looks like a broken IPv4 address must not pass as a name.
  if (/^[\d.]+$/.test(name) || name.includes('..')) return undefined
  return `/dns4/${name}`
}
