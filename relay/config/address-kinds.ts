import { isIP, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { multiaddr } from '@multiformats/multiaddr'
import { isNetworkName } from '../../src/wire/network.ts'
import { parseIceUrl } from '../services/ice-url.ts'
import { parseCidr } from '../turn/cidr.ts'
import { textKind } from './kind.ts'
import type { Kind } from './kind.ts'
import { port } from './number-kinds.ts'
import type { MetricsConfig } from './types.ts'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const MAX_NAME_LENGTH = 253

/** IPv4 or IPv6. */
export const ipAddress: Kind<string> = textKind('IP', 'an IP address such as 192.0.2.1', (text) => isIP(text) === 0 ? undefined : text)

/** A host name of the DNS, in the form that goes over the wire (RFC 5890). */
export const dnsName: Kind<string> = textKind('NAME', 'a DNS name such as relay.example', toDnsName)

/** See `isNetworkName`. */
export const networkName: Kind<string> = textKind(
  'NAME', 'up to 32 lower-case letters, digits and dashes, beginning with a letter', (text) => isNetworkName(text) ? text : undefined)

/** Any multiaddr of at least one part. */
export const address: Kind<string> = textKind('MULTIADDR', 'a multiaddr such as /dns4/relay.example/tcp/443/tls/ws', toAddress)

/** A multiaddr that says whose it is. */
export const addressOfRelay: Kind<string> = textKind('MULTIADDR', "a multiaddr that ends in /p2p/ and the other relay's peer id", (text) => {
  const read = toAddress(text)
  return read !== undefined && multiaddr(read).getComponents().at(-1)?.name === 'p2p' ? read : undefined
})

/** A network, or one address. */
export const cidr: Kind<string> = textKind('CIDR', 'a network such as 10.0.0.0/8', (text) => {
  try {
    parseCidr(text)
    return text
  } catch {
    // It is no network; the caller says so, with the setting's name.
    return undefined
  }
})

/** Address of a STUN or TURN server (RFC 7064, RFC 7065). */
export const iceUrl: Kind<string> = textKind('URL', 'a STUN or TURN URL such as turn:turn.example:3478?transport=udp', (text) => {
  const { host = '' } = parseIceUrl(text) ?? {}
  return isIP(host) !== 0 || toDnsName(host) !== undefined ? text : undefined
})

/** Where `/metrics` and `/status` are served. */
export const metricsPlace: Kind<MetricsConfig> = {
  placeholder: 'WHERE',
  expected: 'off, local, or an address and port such as 127.0.0.1:9464',
  parse: (text) => {
    if (text === 'off' || text === 'local') return { kind: text }
    const [, host = '', portText = ''] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(text) ?? []
    const bare = host.startsWith('[') ? host.slice(1, -1) : host
    const number = port.parse(portText)
    return number === undefined || isIP(bare) === 0 || isIPv6(bare) !== host.startsWith('[') ? undefined : { kind: 'listen', host: bare, port: number }
  },
  format: (value) => value.kind !== 'listen' ? value.kind
    : isIPv6(value.host) ? `[${value.host}]:${value.port}` : `${value.host}:${value.port}`
}

function toDnsName(text: string): string | undefined {
  const name = domainToASCII(text)
  const labels = name.split('.')
  // A name that ends in digits would be taken for an IPv4 address.
  return name.length <= MAX_NAME_LENGTH && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '') ? name : undefined
}

function toAddress(text: string): string | undefined {
  try {
    const read = multiaddr(text)
    return read.getComponents().length > 0 ? read.toString() : undefined
  } catch {
    // It is no multiaddr; the caller says so, with the setting's name.
    return undefined
  }
}
