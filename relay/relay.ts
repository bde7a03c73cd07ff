import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { createLibp2p } from 'libp2p'
import { freshIdentity, loadIdentity } from '../src/node/identity.ts'
import { forgetPrunes } from '../src/node/mesh-backoff.ts'
import { onAbort } from '../src/util/abort.ts'
import type { Lifetime } from '../src/util/abort.ts'
import { networkNames } from '../src/wire/network.ts'
import { stayConnected } from './bootstrap.ts'
import type { RelayConfig } from './config/types.ts'
import { createHttpServer } from './http/http-server.ts'
import { loadSite } from './http/site.ts'
import { isPublic, relayOptions } from './relay-options.ts'
import { releaseReservations } from './reservation-release.ts'
import { dropOwnRecords, keyFile, openDatastore } from './storage.ts'
import { chooseTcpPort } from './tcp-port.ts'
import { createBridging } from './topic-bridging.ts'
import { followTopics } from './topic-following.ts'

const APP_FOLDER = fileURLToPath(new URL('../dist', import.meta.url))

/** A running relay. */
export interface Relay {
  readonly peerId: string
  /** Where browsers and relays reach it, each with its peer id. */
  multiaddrs(): string[]
  /** Address of the app and of `/healthz`. */
  readonly httpUrl: string
  /** Whether the app is served at `httpUrl`. */
  readonly servesApp: boolean
  /** Stops everything; resolves when ports and files are free again. The same as aborting the signal, but awaited. */
  close(): Promise<void>
}

/** A relay's own libp2p node, for tests that look inside. */
export interface RelayInside {
  readonly libp2p: Libp2p<{ pubsub: GossipSub, circuitRelay: CircuitRelayService }>
}

/**
 * Starts a relay: app, WebSocket, circuit relay, DHT server and topic following, on one port. Stops when `signal` aborts.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken, and whatever else the system has against a port or folder
 */
export async function createRelay(config: RelayConfig, { signal }: Lifetime): Promise<Relay & RelayInside> {
  signal.throwIfAborted()
  const running = new AbortController()
  const undo: Undo = []
  const starting = start(config, running.signal, undo)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => closing ??= (async () => {
    running.abort()
    // What is half started cannot be undone yet; its failure is the caller's, who gets it from `createRelay`.
    await starting.catch(() => undefined)
    for (const step of undo.toReversed()) await step()
  })()
  onAbort(signal, () => { void close() })
  try {
    const relay = await starting
    signal.throwIfAborted()
    return { ...relay, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Undo = Array<() => Promise<void>>

async function start(config: RelayConfig, signal: AbortSignal, undo: Undo): Promise<Omit<Relay & RelayInside, 'close'>> {
  const privateKey = config.data === undefined ? await freshIdentity() : await loadIdentity(keyFile(config.data))
  const id = peerIdFromPrivateKey(privateKey)
  const peerId = id.toString()
  const site = config.app ? await loadSite(APP_FOLDER) : undefined
  const announced = config.announce.map((address) => address.endsWith(`/p2p/${peerId}`) ? address : `${address}/p2p/${peerId}`)
  let healthy = false
  const server = createHttpServer({ site, peerId, announced, healthy: () => healthy })
  await listen(server, config)
  undo.push(() => closeServer(server))
  const datastore = config.data === undefined ? undefined : await openDatastore(config.data)
  if (datastore !== undefined) {
    undo.push(() => datastore.close())
    await dropOwnRecords(datastore, id)
  }
  const tcpPort = await chooseTcpPort(config, (server.address() as AddressInfo).port)
  const libp2p = await createLibp2p(relayOptions({ config, privateKey, datastore, server, tcpPort }))
  undo.push(async () => { await libp2p.stop() })
  const { pubsub, circuitRelay } = libp2p.services
  forgetPrunes(pubsub, { signal })
  const { topics, topicsPerClient } = config.limits
  const { topicPrefix } = networkNames(config.network)
  followTopics({ libp2p, pubsub, topicPrefix, limits: { total: topics, perClient: topicsPerClient }, onFollow: createBridging({ libp2p, pubsub, publicOnly: isPublic(config), signal }), signal })
  releaseReservations({ libp2p, relay: circuitRelay, signal })
  stayConnected({ libp2p, addresses: config.bootstrap, signal })
  healthy = true
  return { peerId, multiaddrs: () => libp2p.getMultiaddrs().map(String), httpUrl: urlOf(server), servesApp: site !== undefined, libp2p }
}

/** Listens on every address when the configuration names none: IPv6 and IPv4 where the system has both. */
async function listen(server: Server, { port, host }: RelayConfig): Promise<void> {
  server.listen(host === undefined ? { port } : { port, host })
  await once(server, 'listening')
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  const everywhere = address === '::' || address === '0.0.0.0'
  return `http://${everywhere || address === '127.0.0.1' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address}:${port}`
}
