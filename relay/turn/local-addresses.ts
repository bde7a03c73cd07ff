/** Which addresses of this machine to listen and to relay on. Pure. */
import type { NetworkInterfaceInfo } from 'node:os'
import { FAMILY, familyOf, plainAddress } from './address.ts'
import type { Family } from './address.ts'

/** Every address of this machine, as `os.networkInterfaces` tells them. */
export function machineAddresses(interfaces: Record<string, NetworkInterfaceInfo[] | undefined>): string[] {
  return [...new Set(Object.values(interfaces).flatMap((each) => each ?? []).map(({ address }) => plainAddress(address)))]
}

/**
 * The addresses to listen on, each with a socket of its own: of a packet that came to a socket on all addresses Node does not
 * say to which, and the answer must come from there. Link-local IPv6 needs a zone that no browser can name.
 */
export function listenAddresses(host: string | undefined, machine: readonly string[]): string[] {
  if (host === undefined || host === '::') return machine.filter((address) => !address.startsWith('fe80:'))
  return host === '0.0.0.0' ? machine.filter((address) => familyOf(address) === FAMILY.ipv4) : [plainAddress(host)]
}

/**
 * Where to relay for a client that came to `arrivedAt`: there, so that whoever reaches the server reaches the relayed
 * address. A client on this very machine gets an address that others reach as well, when there is one.
 */
export function relayAddress(family: Family, arrivedAt: string, listening: readonly string[]): string | undefined {
  if (familyOf(arrivedAt) === family && !isNarrow(arrivedAt)) return arrivedAt
  const ofFamily = listening.filter((address) => familyOf(address) === family)
  return ofFamily.find((address) => !isNarrow(address)) ?? ofFamily[0]
}

/** Loopback and link-local. */
function isNarrow(address: string): boolean {
  return address === '::1' || ['127.', '169.254.', 'fe80:'].some((start) => address.startsWith(start))
}
