import type { AddressInfo } from 'node:net'
import { isIPv6 } from 'node:net'
import { getThinWaistAddresses, isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { RelayConfig } from '../config/types.ts'

/** What the addresses of the relay's own port depend on. */
export interface OwnPort {
  /** Where it listens; null once it does no more. */
  bound: AddressInfo | null
  /** A certificate is in use. */
  secure: boolean
  config: Pick<RelayConfig, 'tls' | 'turn'>
}

/**
 * The multiaddrs of WebSockets on the relay's own port, by IP address. When a certificate came by itself, only public ones
 * are by TLS, and those of a router in front are among them: libp2p puts the certificate's name into them.
 */
export function listenedAddresses({ bound, secure, config: { tls, turn } }: OwnPort): Multiaddr[] {
  if (bound === null) return []
  // A server on `::` takes IPv4 connections too.
  const hosts = bound.address === '::' ? ['/ip4/0.0.0.0', '/ip6/::'] : [hostPart(bound.address)]
  const own = hosts.flatMap((host) => getThinWaistAddresses(multiaddr(`${host}/tcp/${bound.port}`), bound.port))
  const routers = turn.publicAddresses.map((address) => multiaddr(`${hostPart(address)}/tcp/${bound.port}`))
  const plain = tls.kind === 'files' ? [] : own
  const byTls = !secure ? [] : tls.kind === 'files' ? own : [...own, ...routers].filter((address) => !isPrivate(address))
  return [...plain.map((address) => address.encapsulate('/ws')), ...byTls.map((address) => address.encapsulate('/tls/ws'))]
}

/** The address of the app as a person types it; undefined when nothing listens. */
export function urlOf({ bound, secure }: OwnPort, name: string | undefined): string | undefined {
  if (bound === null) return undefined
  const { address, family, port } = bound
  const local = address === '::' || address === '0.0.0.0' || address === '127.0.0.1'
  const host = secure && name !== undefined ? name : local ? 'localhost' : family === 'IPv6' ? `[${address}]` : address
  return `http${secure ? 's' : ''}://${host}:${port}`
}

function hostPart(address: string): string {
  return `/ip${isIPv6(address) ? 6 : 4}/${address}`
}
