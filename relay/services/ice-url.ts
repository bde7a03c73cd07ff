import { isIPv6 } from 'node:net'
import type { IceServer } from '../../src/wire/ice-servers.ts'

const URL_FORM = /^(stun|turns?):(\[[0-9a-f:.]+\]|[0-9a-z](?:[0-9a-z.-]*[0-9a-z])?)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i
/** RFC 7064 section 3.2 and RFC 7065 section 3.2. */
const DEFAULT_PORTS = { stun: 3_478, turn: 3_478, turns: 5_349 } as const
const MAX_PORT = 65_535

/** Which server an ICE URL means. */
export type IcePlace = Pick<IceServer, 'scheme' | 'port' | 'transport'> & { host: string }

/** Reads a `stun:`, `turn:` or `turns:` URL (RFC 7064, RFC 7065); undefined when it is none that browsers take. */
export function parseIceUrl(url: string): IcePlace | undefined {
  const [, kind, name, portText, chosen] = URL_FORM.exec(url) ?? []
  if (kind === undefined || name === undefined) return undefined
  const scheme = kind.toLowerCase() as IcePlace['scheme']
  const host = name.startsWith('[') ? name.slice(1, -1) : name
  const port = portText === undefined ? DEFAULT_PORTS[scheme] : Number(portText)
  const transport = (chosen?.toLowerCase() ?? (scheme === 'turns' ? 'tcp' : 'udp')) as IcePlace['transport']
  const isSound = port > 0 && port <= MAX_PORT && (!name.startsWith('[') || isIPv6(host))
  const isSpoken = scheme === 'stun' ? chosen === undefined : scheme === 'turn' || transport === 'tcp'
  return isSound && isSpoken ? { scheme, host, port, transport } : undefined
}
