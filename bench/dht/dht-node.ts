import { identify } from '@libp2p/identify'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { ping } from '@libp2p/ping'
import { createLibp2p } from 'libp2p'
import { dhtOptions } from '../../src/node/shared-options.ts'
import { DEFAULT_NETWORK, networkNames } from '../../src/wire/network.ts'
import type { MemoryNetwork } from './memory-network.ts'

export type DhtNode = Awaited<ReturnType<typeof startDhtNode>>

/** Longer than any measurement takes, milliseconds. */
const NEVER = 86_400_000

/**
 * A DHT server as relays configure it, and nothing else of a relay. Between the queries that are measured nodes neither ping
 * each other nor ask who is near themselves: with hundreds of them in one process that is all the process would do.
 */
export async function startDhtNode(network: MemoryNetwork, place: number) {
  const libp2p = await createLibp2p({
    privateKey: await generateKeyPair('Ed25519'),
    addresses: { listen: [`/memory/${place}`] },
    transports: [network.transport(place)],
    connectionMonitor: { enabled: false },
    connectionManager: { maxConnections: 10_000, inboundConnectionThreshold: 10_000, maxIncomingPendingConnections: 10_000 },
    services: {
      identify: identify(),
      ping: ping(),
      dht: dhtOptions({ protocol: networkNames(DEFAULT_NETWORK).dht, clientMode: false, publicOnly: false, querySelfInterval: NEVER })
    }
  })
  return { place, libp2p, dht: libp2p.services.dht }
}
