import { lookup } from 'node:dns/promises'
import { isGlobalUnicast, isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'

/** Whom a relay may dial. */
export interface DialGateOptions {
  /** Whether the relay is meant for the internet. */
  publicOnly: boolean
  /** Addresses that the operator named; their hosts may be private. */
  approved: readonly string[]
  /** Resolves a name to its IP addresses; the system's resolver when left out. */
  resolve?: (name: string) => Promise<string[]>
}

/** A name's answer is believed this long, milliseconds. */
const RESOLVED_MS = 60_000
const MAX_NAMES = 1_000

/**
 * Tells which dials to refuse, for libp2p's connection gater. Strangers tell the DHT where they are, and it dials whatever it
 * is told: a public relay must not be made to knock on its own network, neither by address nor by a name that leads there.
 */
export function denyPrivateDials(options: DialGateOptions): (address: Multiaddr) => Promise<boolean> {
  const { publicOnly, approved, resolve = resolveBySystem } = options
  const hosts = new Set(approved.map((address) => hostOf(multiaddr(address))))
  const names = new Map<string, { until: number, denied: Promise<boolean> }>()
  const leadsInside = (name: string): Promise<boolean> => {
    const known = names.get(name)
    if (known !== undefined && Date.now() < known.until) return known.denied
    const denied = resolve(name).then((ips) => ips.length === 0 || ips.some(isInsideIp), () => true)
    names.delete(name)
    names.set(name, { until: Date.now() + RESOLVED_MS, denied })
    const [oldest] = names.keys()
    if (names.size > MAX_NAMES && oldest !== undefined) names.delete(oldest)
    return denied
  }
  return async (address) => {
    if (!publicOnly || hosts.has(hostOf(address))) return false
    const [first] = address.getComponents()
    if (first?.name.startsWith('dns') === true) return leadsInside(first.value ?? '')
    return isInside(address)
  }
}

function isInsideIp(ip: string): boolean {
  return isInside(multiaddr(`/ip${ip.includes(':') ? 6 : 4}/${ip}/tcp/1`))
}

function isInside(address: Multiaddr): boolean {
  return isPrivate(address) || (address.toString().startsWith('/ip6/') && !isGlobalUnicast(address))
}

function hostOf(address: Multiaddr): string | undefined {
  return address.getComponents()[0]?.value
}

async function resolveBySystem(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address)
}
