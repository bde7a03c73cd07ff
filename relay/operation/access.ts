import type { IncomingMessage } from 'node:http'
import { BlockList } from 'node:net'
import { plainAddress } from '../addresses/address-block.ts'

/** What is looked at to tell whether a request is of this machine. */
export interface RequestOrigin {
  /** The other end of the socket. */
  remoteAddress: string | undefined
  headers: IncomingMessage['headers']
}

/** Whatever a proxy adds: the request is then somebody else's, although the socket is the proxy's on this machine. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'] as const

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/**
 * Whether a request was made on this machine, by somebody who meant this machine: over loopback, not through a proxy, and
 * under a loopback name. The name stops a page whose own name leads to 127.0.0.1 from reading along in the operator's
 * browser, and a proxy that adds no headers but passes on the name.
 */
export function isOfThisMachine({ remoteAddress, headers }: RequestOrigin): boolean {
  if (remoteAddress === undefined || !isLoopback(remoteAddress)) return false
  return LOOPBACK_HOST.test(headers.host ?? '') && PROXY_HEADERS.every((name) => headers[name] === undefined)
}

function isLoopback(address: string): boolean {
  const plain = plainAddress(address)
  return loopback.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}
