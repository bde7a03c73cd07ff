import { isIPv4 } from 'node:net'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { WebRTCDirect } from '@multiformats/multiaddr-matcher'
import type { RelayConfig } from './types.ts'

/** The part of a configuration that decides what is announced. */
export type AnnounceConfig = Pick<RelayConfig, 'name' | 'announce' | 'tls' | 'trustProxy' | 'host'> & { turn: Pick<RelayConfig['turn'], 'publicAddresses'> }

/** Where a relay listens. */
export interface Listening {
  /** The relay's own port. */
  port: number
  tcpPort: number | undefined
  /** Public multiaddrs of webrtc-direct. */
  direct: readonly string[]
  /** IP addresses of this machine's interfaces. */
  interfaces: readonly string[]
}

/** To be spread over libp2p's `addresses`. */
export interface Announcement {
  appendAnnounce: string[]
  announceFilter(addresses: Multiaddr[]): Multiaddr[]
}

const PROXY_PORT = 443

/** Whether the relay is meant for the internet: it has a name or announces an address there. Then it ignores private addresses. */
export function isPublic({ name, announce }: Pick<RelayConfig, 'name' | 'announce'>): boolean {
  return name !== undefined || announce.some((address) => !isPrivate(multiaddr(address)))
}

/**
 * What a relay says about where it is, to libp2p. Not by libp2p's `announce`, which would replace what transports know of
 * themselves: a webrtc-direct address carries the hash of a certificate, which no operator can type, so those of our
 * interfaces stay; libp2p adds the hash to the ones appended here. All other addresses of our interfaces make way for what
 * was chosen. When nothing was, they stay, and the public ones are appended, for libp2p keeps those back until somebody
 * has confirmed them.
 */
export function announcement(config: AnnounceConfig, listening: Listening): Announcement {
  const appendAnnounce = announcedAddresses(config, listening)
  const chosen = config.name !== undefined || config.announce.length > 0
  const stays = (address: Multiaddr): boolean =>
    !chosen || isNamed(address) || (WebRTCDirect.matches(address) && !(isPublic(config) && isPrivate(address)))
  return {
    appendAnnounce,
    announceFilter: (addresses) => addresses.filter((address) => {
      const text = address.toString()
      return stays(address) || appendAnnounce.some((each) => text === each || text.startsWith(`${each}/`))
    })
  }
}

/** The multiaddrs to announce, without peer id and certificate hashes: by name, as typed, or by public address. */
export function announcedAddresses(config: AnnounceConfig, listening: Listening): string[] {
  const chosen = config.announce.length > 0 ? config.announce
    : config.name === undefined ? [] : addressesByName(config.name, config, listening)
  // A certificate by auto-tls is for our public addresses, so those must be known.
  const others = chosen.length > 0 && config.tls.kind !== 'auto' ? []
    : publicHosts(config, listening.interfaces).flatMap((host) => addressesByHost(host, config, listening))
  return [...new Set([...chosen, ...others, ...listening.direct])]
}

/** Behind a proxy nothing but the proxy is sure to be reached under the name. */
function addressesByName(name: string, { tls, trustProxy }: AnnounceConfig, { port, tcpPort }: Listening): string[] {
  if (trustProxy) return [`/dns4/${name}/tcp/${PROXY_PORT}/tls/ws`]
  return [`/dns4/${name}/tcp/${port}${tls.kind === 'files' ? '/tls' : ''}/ws`, ...tcpPort === undefined ? [] : [`/dns4/${name}/tcp/${tcpPort}`]]
}

function addressesByHost(host: string, { tls }: AnnounceConfig, { port, tcpPort }: Listening): string[] {
  const at = `${hostPart(host)}/tcp`
  // Relays listen for each other on IPv4 alone.
  return [`${at}/${port}${tls.kind === 'files' ? '/tls' : ''}/ws`, ...tcpPort === undefined || !isIPv4(host) ? [] : [`${at}/${tcpPort}`]]
}

/** Public addresses under which this machine is reached: those of the interfaces that we listen on, and what we were told. */
function publicHosts({ host, turn }: AnnounceConfig, interfaces: readonly string[]): string[] {
  const own = host === undefined ? interfaces : host === '0.0.0.0' ? interfaces.filter(isIPv4) : host === '::' ? interfaces : [host]
  const loopback = own.length > 0 && own.every((each) => each.startsWith('127.') || each === '::1')
  return [...new Set([...own, ...loopback ? [] : turn.publicAddresses])].filter((each) => !isPrivate(multiaddr(hostPart(each) + '/tcp/1')))
}

/** Interfaces have no names: such an address was typed, or auto-tls found it. */
function isNamed(address: Multiaddr): boolean {
  return address.getComponents()[0]?.name.startsWith('dns') === true
}

function hostPart(host: string): string {
  return `/ip${isIPv4(host) ? 4 : 6}/${host}`
}
