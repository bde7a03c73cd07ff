import { networkInterfaces } from 'node:os'
import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { RelayConfig } from '../config/types.ts'

/** Where to listen, for libp2p: on IPv4 and IPv6 where the configuration names no address and the system has both. */
export function listenAddresses(host: string | undefined, port: number): string[] {
  // IPv6 first: the listener opens one socket, by the first address, and one for IPv6 takes IPv4 as well.
  const hosts = host === undefined ? [...(hasIpv6() ? ['::'] : []), '0.0.0.0'] : [host]
  return hosts.map((each) => directAddress(each, port))
}

/**
 * What to announce besides what libp2p announces by itself: this machine's public addresses, as far as they are known.
 * libp2p would wait for somebody to confirm them. Empty when the configuration announces webrtc-direct itself.
 */
export function announceAddresses({ announce, host, turn }: Pick<RelayConfig, 'announce' | 'host' | 'turn'>, port: number, local = localAddresses()): string[] {
  if (announce.some((address) => address.includes('/webrtc-direct'))) return []
  const own = host === undefined ? local : [host]
  const hosts = new Set([...turn.publicAddresses, ...own.filter((each) => !isPrivate(multiaddr(directAddress(each, port))))])
  return [...hosts].map((each) => directAddress(each, port))
}

/** The listener adds the hash of its certificate. */
function directAddress(host: string, port: number): string {
  return `/ip${host.includes(':') ? 6 : 4}/${host}/udp/${port}/webrtc-direct`
}

/** IP addresses of this machine's interfaces, except those that mean nothing without the interface's name. */
export function localAddresses(): string[] {
  return Object.values(networkInterfaces()).flat().flatMap((each) => each === undefined || each.scopeid !== undefined && each.scopeid > 0 ? [] : [each.address])
}

/** Whether this machine has IPv6, be it only for itself. */
export function hasIpv6(): boolean {
  return localAddresses().some((address) => address.includes(':'))
}
