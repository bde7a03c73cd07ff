import { MAX_FOLLOWED_TOPICS } from '../../src/node/shared-options.ts'
import { DEFAULT_NETWORK } from '../../src/wire/network.ts'
import type { RelayConfig } from './types.ts'

/** A relay on which nothing was chosen: every port free to take, nothing kept. Each call makes a fresh object. */
export function defaultConfig(): RelayConfig {
  return {
    port: 8080,
    webrtcDirect: { enabled: true },
    announce: [],
    tls: { kind: 'off' },
    trustProxy: false,
    app: true,
    network: DEFAULT_NETWORK,
    bootstrap: [],
    limits: {
      connections: 10_000,
      // A school or an office may come from one address.
      connectionsPerAddress: 500,
      reservations: 10_000,
      reservationsPerAddress: 500,
      // One call's signaling is 10 to 20 KB, so both are generous, but finite.
      circuitBytes: 1_048_576,
      circuitMs: 300_000,
      topics: MAX_FOLLOWED_TOPICS,
      // A browser is in one room, or in two while it moves.
      topicsPerClient: 8
    },
    turn: {
      enabled: true,
      relayPorts: { min: 49_152, max: 65_535 },
      publicAddresses: [],
      allowPeers: [],
      allocations: 1_000,
      // One connection gathers over UDP and TCP, on IPv4 and IPv6; a call of eight has seven connections.
      allocationsPerUser: 40,
      bytesPerSecond: 2_500_000,
      bytesPerCredential: 20_000_000_000,
      credentialSeconds: 43_200,
      external: undefined
    },
    metrics: { kind: 'local' },
    log: { level: 'info', json: false },
    drainMs: 10_000
  }
}
