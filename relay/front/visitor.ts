import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { plainAddress } from '../addresses/address-block.ts'

/** Who sent a request. */
export interface Visitor {
  /** IP address, without a port. */
  address: string
  /** The port of whoever connected to us: the visitor, or the proxy in front. */
  port: number
  /** The request came by TLS, to us or to the proxy in front. */
  secure: boolean
  /** The address is what a proxy told. */
  proxied: boolean
}

/**
 * Who sent a request; undefined when the connection is gone already. With `trustProxy` a proxy stands in front, one and no
 * more: it appended the address that it saw to X-Forwarded-For, so the last entry is true and those before it are claims.
 */
export function visitorOf(request: Pick<IncomingMessage, 'headers' | 'socket'>, trustProxy: boolean): Visitor | undefined {
  const { remoteAddress, remotePort, encrypted } = request.socket as TLSSocket
  if (remoteAddress === undefined || remotePort === undefined) return undefined
  const direct = { address: plainAddress(remoteAddress), port: remotePort, secure: encrypted === true, proxied: false }
  if (!trustProxy) return direct
  const told = addressIn(lastOf(request.headers['x-forwarded-for']))
  const secure = direct.secure || lastOf(request.headers['x-forwarded-proto']).toLowerCase() === 'https'
  return told === undefined ? { ...direct, secure } : { ...direct, address: told, secure, proxied: true }
}

function lastOf(header: string | string[] | undefined): string {
  const text = Array.isArray(header) ? header.join(',') : header ?? ''
  return text.split(',').at(-1)?.trim() ?? ''
}

/** Some proxies add the port: `192.0.2.1:5000`, `[2001:db8::1]:5000`. */
function addressIn(text: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  return isIP(bare) === 0 ? undefined : plainAddress(bare)
}
