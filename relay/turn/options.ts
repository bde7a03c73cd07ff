import { DEFAULT_DENY_NETWORKS } from './peer-policy.ts'
import type { Rate } from '../../src/util/token-bucket.ts'

/** What one server, one user and one address may use. Times are in the names. */
export interface TurnLimits {
  /** Allocations in all; each takes a socket, two with both families. */
  allocations: number
  allocationsPerUser: number
  /** Per client address, or /64 of IPv6: many people may sit behind one. */
  allocationsPerAddress: number
  /** Users whose use is remembered, each until the credential expires. */
  users: number
  /** Relayed bytes per user, both ways together; what is above is dropped. */
  bytesPerUser: Rate
  /** Relayed bytes of a user, both ways together, while one credential is valid. */
  totalBytesPerUser: number
  /** Authenticated requests per user. */
  requestsPerUser: Rate
  permissionsPerAllocation: number
  channelsPerAllocation: number
  /** TCP connections in all. */
  connections: number
  connectionsPerAddress: number
  /** Answers to whoever has not proved anything, per address or /64: the server must not amplify anybody's attack. */
  answersPerAddress: Rate
  /** Wrong passwords per address or /64. */
  guessesPerAddress: Rate
  /** How long nothing that comes from there is looked at after too many of them, milliseconds. */
  guessingSilenceMs: number
}

/**
 * A call of six through one relay takes about 20 allocations of each person, for every peer connection gathers on each
 * network interface by UDP and TCP. 4 MB/s are five videos of 2.5 Mbit/s each way.
 */
export const DEFAULT_LIMITS: TurnLimits = {
  allocations: 4_000,
  allocationsPerUser: 80,
  allocationsPerAddress: 1_000,
  users: 10_000,
  bytesPerUser: { perSecond: 4_000_000, burst: 8_000_000 },
  totalBytesPerUser: 50_000_000_000,
  requestsPerUser: { perSecond: 100, burst: 500 },
  permissionsPerAllocation: 64,
  channelsPerAllocation: 64,
  connections: 4_000,
  connectionsPerAddress: 1_000,
  answersPerAddress: { perSecond: 50, burst: 300 },
  guessesPerAddress: { perSecond: 0.2, burst: 20 },
  guessingSilenceMs: 60_000
}

/** Ports that relayed addresses come from, both included. */
export interface PortRange {
  min: number
  max: number
}

/** The dynamic ports, as RFC 8656 section 7.2 advises. */
const DEFAULT_RELAY_PORTS: PortRange = { min: 49_152, max: 65_535 }

export interface TurnOptions {
  /** Address to listen on; each address of this machine when undefined. */
  host?: string | undefined
  /** UDP and TCP port; 0 takes a free one. */
  port: number
  /** Whether to listen on TCP; false where another listener hands streams over. Default true. */
  tcp?: boolean
  /** What credentials are made from, see `turnCredential`. */
  secret: string | Buffer
  realm: string
  relayPorts?: PortRange
  /** Addresses under which this machine is reached, when a router translates them one to one; one of each family counts. */
  publicAddresses?: readonly string[]
  /** Networks, in CIDR notation, that may be reached although they are denied. */
  allowPeers?: readonly string[]
  /** Networks that may not be reached, instead of the default: all that is not the public internet. */
  denyNetworks?: readonly string[]
  limits?: Partial<TurnLimits>
}

export type TurnSettings = Required<Omit<TurnOptions, 'limits' | 'host'>> & { host: string | undefined, limits: TurnLimits }

/**
 * Fills in the defaults.
 *
 * @throws {RangeError} for a port range that holds no port
 */
export function settingsOf({ limits, host, ...options }: TurnOptions): TurnSettings {
  const settings = {
    tcp: true, relayPorts: DEFAULT_RELAY_PORTS, publicAddresses: [], allowPeers: [], denyNetworks: DEFAULT_DENY_NETWORKS,
    ...options, host, limits: { ...DEFAULT_LIMITS, ...limits }
  }
  const { min, max } = settings.relayPorts
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max > 65_535 || min > max) {
    throw new RangeError(`not a range of ports: ${min}-${max}`)
  }
  return settings
}
