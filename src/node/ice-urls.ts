import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { IceServer, IceServersMessage } from '../wire/ice-servers.ts'
import type { OfferedServer } from './types.ts'

/** Where a relay was reached. */
export interface Reached {
  /** The remote address of the connection. */
  address: Multiaddr
  /** Whether servers at private addresses may be used, other than under the host by which the relay was reached. */
  privateAllowed: boolean
}

const KINDS: Readonly<Record<OfferedServer['kind'], (server: IceServer) => boolean>> = {
  stun: ({ scheme }) => scheme === 'stun',
  'turn-udp': ({ scheme, transport }) => scheme === 'turn' && transport === 'udp',
  'turn-tcp': ({ scheme, transport }) => scheme === 'turn' && transport === 'tcp',
  // A middlebox that knows TURN when it sees it does not see it within TLS.
  'turn-tls': ({ scheme }) => scheme === 'turns'
}

/**
 * What to give to an RTCPeerConnection of a relay's offer: one STUN server, and TURN over UDP, over TCP and over TLS, the
 * quickest first. Browsers gather from every server on every interface, so that more of them would only slow each
 * connection down.
 */
export function rtcIceServers({ servers }: IceServersMessage, reached: Reached): RTCIceServer[] {
  const usable = servers.filter((server) => isUsable(server, reached))
  const best = Object.values(KINDS).map((kind) => usable.find(kind))
  return best.flatMap((server) => server === undefined ? [] : [toRtc(server, hostReached(reached.address))])
}

/** Everything of a relay's offer that this page may use, each server by itself. */
export function offeredServers({ servers }: IceServersMessage, reached: Reached): OfferedServer[] {
  const kinds = Object.keys(KINDS) as OfferedServer['kind'][]
  return kinds.flatMap((kind) => servers
    .filter((server) => KINDS[kind](server) && isUsable(server, reached))
    .map((server) => ({ kind, server: toRtc(server, hostReached(reached.address)) })))
}

/** Host part of an address: a name, or an IP address without brackets; undefined where an address begins with neither. */
export function hostReached(address: Multiaddr): string | undefined {
  const [first] = address.getComponents()
  return first !== undefined && /^(ip4|ip6|dns|dns4|dns6)$/.test(first.name) ? first.value : undefined
}

function isUsable({ scheme, host }: IceServer, { address, privateAllowed }: Reached): boolean {
  const own = hostReached(address)
  const name = host ?? own
  if (name === undefined) return false
  // Certificates are for names.
  if (scheme === 'turns' && isIp(name)) return false
  return privateAllowed || name === own || !isIp(name) || !isPrivate(multiaddr(`/ip${name.includes(':') ? 6 : 4}/${name}/tcp/1`))
}

function isIp(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host)
}

/** RFC 7064 and RFC 7065. */
function toRtc({ scheme, host, port, transport, username, credential }: IceServer, own: string | undefined): RTCIceServer {
  const name = host ?? own ?? ''
  const place = `${name.includes(':') ? `[${name}]` : name}:${port}`
  if (username === null || credential === null) return { urls: [`${scheme}:${place}`] }
  return { urls: [`${scheme}:${place}?transport=${transport}`], username, credential }
}
