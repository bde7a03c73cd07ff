/** What settings must be to one another. Pure. */
import { isChosen, settled } from './resolve.ts'
import type { Resolution } from './resolve.ts'
import { ConfigError } from './types.ts'
import type { RelayConfig } from './types.ts'

/** Of two settings the second is useless or impossible, for a reason. */
type Rule = readonly [first: string, second: string, why: string]

const NEEDS: readonly Rule[] = [
  ['tls-cert', 'tls-key', 'a certificate and its key go together'],
  ['tls-key', 'tls-cert', 'a certificate and its key go together']
]
const EXCLUDES: readonly Rule[] = [
  ['auto-tls', 'tls-cert', 'either brings the certificate of the port'],
  ['auto-tls', 'name', 'its certificate is for a name below libp2p.direct'],
  ['auto-tls', 'trust-proxy', 'behind a proxy it is the proxy that needs the certificate'],
  ['auto-tls', 'ephemeral', 'a certificate must be kept, for only so many are given out'],
  ['ephemeral', 'data', 'what is kept in memory needs no folder'],
  ['turn-secret', 'turn-secret-file', 'there is one secret']
]

/** Our own come besides, and browsers take longer to connect with each. */
const MAX_TURN_SERVERS = 8

/**
 * Checks which settings were chosen.
 *
 * @throws {ConfigError} for a pair that does not go together, or of which half is missing
 */
export function checkAlone(resolution: Resolution): void {
  for (const [first, second, why] of NEEDS) {
    if (has(resolution, first) && !has(resolution, second)) throw new ConfigError(`${place(resolution, first)} needs --${second} as well: ${why}.`)
  }
  for (const [first, second, why] of EXCLUDES) {
    if (has(resolution, first) && has(resolution, second)) {
      throw new ConfigError(`${place(resolution, first)} and ${place(resolution, second)} cannot be used together: ${why}.`)
    }
  }
  checkTurnServers(resolution)
}

/**
 * Checks that ports do not collide.
 *
 * @throws {ConfigError} for two servers of ours at one port
 */
export function checkTogether(resolution: Resolution, config: RelayConfig): void {
  const claims = claimsOf(config)
  for (const [index, one] of claims.entries()) {
    const other = claims.slice(index + 1).find((each) => collide(one, each))
    if (other === undefined) continue
    throw new ConfigError(`${place(resolution, one.name)} and ${place(resolution, other.name)} both want ${one.transport} port ${other.min}; give each its own.`)
  }
}

function checkTurnServers(resolution: Resolution): void {
  const urls = settled(resolution, 'turn-server').value as string[]
  if (urls.length > MAX_TURN_SERVERS) throw new ConfigError(`${place(resolution, 'turn-server')} names ${urls.length} servers; ${MAX_TURN_SERVERS} are the most.`)
  const secret = ['turn-secret', 'turn-secret-file'].find((name) => has(resolution, name))
  if (secret !== undefined && urls.length === 0) throw new ConfigError(`${place(resolution, secret)} needs --turn-server as well: it is the secret of those.`)
  if (secret === undefined && urls.some((url) => url.startsWith('turn'))) {
    throw new ConfigError(`${place(resolution, 'turn-server')} needs --turn-secret or --turn-secret-file as well: a TURN server lets in nobody without.`)
  }
}

/** Ports that one of our servers is sure to take. Where a port was left open, another is found when it is taken. */
interface Claim {
  name: string
  transport: 'TCP' | 'UDP'
  host: string | undefined
  min: number
  max: number
}

function claimsOf({ port, host, tcpPort, webrtcDirect, turn, metrics }: RelayConfig): Claim[] {
  const claim = (name: string, transport: Claim['transport'], min: number | undefined, on = host, max = min): Claim[] =>
    min === undefined || min === 0 ? [] : [{ name, transport, host: on, min, max: max ?? min }]
  return [
    ...claim('port', 'TCP', port),
    ...claim('tcp-port', 'TCP', tcpPort),
    ...metrics.kind === 'listen' ? claim('metrics', 'TCP', metrics.port, metrics.host) : [],
    ...turn.enabled ? [
      ...claim('turn-relay-ports', 'UDP', turn.relayPorts.min, host, turn.relayPorts.max),
      ...claim('turn-port', 'TCP', turn.port),
      ...claim('turn-port', 'UDP', turn.port)
    ] : [],
    ...webrtcDirect.enabled ? claim('webrtc-direct-port', 'UDP', webrtcDirect.port) : []
  ]
}

function collide(one: Claim, other: Claim): boolean {
  const everywhere = [undefined, '0.0.0.0', '::']
  const sameHost = one.host === other.host || everywhere.includes(one.host) || everywhere.includes(other.host)
  return one.transport === other.transport && sameHost && one.min <= other.max && other.min <= one.max
}

function has(resolution: Resolution, name: string): boolean {
  const found = settled(resolution, name)
  return isChosen(found) && found.value !== false
}

function place(resolution: Resolution, name: string): string {
  return settled(resolution, name).place
}
