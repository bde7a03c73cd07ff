import type { AddressInfo } from 'node:net'
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { freshIdentity, loadIdentity } from '../src/node/identity.ts'
import { forgetPrunes } from '../src/node/mesh-backoff.ts'
import { onAbort } from '../src/util/abort.ts'
import type { Lifetime } from '../src/util/abort.ts'
import { networkNames } from '../src/wire/network.ts'
import { isPublic } from './config/announce.ts'
import type { RelayConfig } from './config/types.ts'
import { federate } from './federation/federation.ts'
import type { Federation } from './federation/federation.ts'
import { createBridging } from './federation/topic-bridging.ts'
import type { Front } from './front/front.ts'
import { openFront } from './front/open-front.ts'
import { urlOf } from './front/own-addresses.ts'
import type { Health } from './http/http-server.ts'
import { loadSite } from './http/site.ts'
import type { LimitsService } from './limits/node-limits.ts'
import { createOperation } from './operation/operation.ts'
import type { WatchedRelay } from './operation/operation.ts'
import { appFolder } from './package-root.ts'
import { startOwnTurn } from './services/own-turn.ts'
import type { RunningTurn } from './services/own-turn.ts'
import { startServices } from './services/services.ts'
import type { Services } from './services/services.ts'
import { startNode } from './node/start-node.ts'
import type { RelayNode } from './node/start-node.ts'
import { keyFile } from './node/storage.ts'
import { followTopics } from './rooms/topic-following.ts'

/** A running relay. */
export interface Relay {
  readonly peerId: string
  /** Where browsers and relays reach it, each with its peer id. */
  multiaddrs(): string[]
  /** Address of the app and of `/healthz`. */
  readonly httpUrl: string
  /** Whether the app is served at `httpUrl`. */
  readonly servesApp: boolean
  /** Port of STUN and TURN; absent while this is no such server. */
  readonly turnPort?: number | undefined
  /**
   * Tells the clients that the relay is about to stop, lets nobody new in, and resolves when all have moved to others or
   * have had `drainMs` to do so. `close` is still to be called. Idempotent.
   */
  drain(): Promise<void>
  /** Stops everything; resolves when ports and files are free again. The same as aborting the signal, but awaited. */
  close(): Promise<void>
}

/** A relay's own libp2p node and port, for tests that look inside. */
export interface RelayInside {
  readonly libp2p: Libp2p<{ pubsub: GossipSub, circuitRelay: CircuitRelayService, limits: LimitsService }>
  /** The relay's own port. */
  readonly front: Front
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
  const peerId = peerIdFromPrivateKey(privateKey).toString()
  const site = config.app ? await loadSite(appFolder()) : undefined
  // The port is open before the node runs that it tells of.
  let health: Health = 'starting'
  let multiaddrs = (): string[] => []
  let isDraining = (): boolean => false

  const operation = await createOperation(config, { signal })
  const turn = await startOwnTurn(config, { signal })
  if (turn !== undefined) undo.push(() => turn.server.close())
  const front = await openFront({
    config, site, peerId, health: () => health, multiaddrs: () => multiaddrs(), routes: operation.routes, turn: () => turn?.server, signal
  })
  undo.push(() => front.close())
  const libp2p = await startNode({ config, privateKey, front, operation, isDraining: () => isDraining(), undo, signal })
  const names = networkNames(config.network)
  const federation = federate({ libp2p, names, bootstrap: config.bootstrap, folder: config.data, publicOnly: isPublic(config), signal })
  undo.push(() => federation.settled())
  carryRooms(libp2p, config, federation, signal)
  const services = await startServices({ libp2p, names, config, turn, ownPort: (front.address() as AddressInfo).port, signal })
  isDraining = () => services.drain.active
  undo.push(await operation.watch(watched(libp2p, front, services, turn)))

  multiaddrs = () => libp2p.getMultiaddrs().map(String)
  health = 'ok'
  return {
    peerId,
    multiaddrs,
    httpUrl: urlOf(front.ownPort(), config.name) ?? '',
    servesApp: site !== undefined,
    turnPort: turn?.server.ports.udp,
    drain: async () => {
      health = 'draining'
      await services.drain.start()
    },
    libp2p,
    front
  }
}

/** Follows the rooms of the clients, and bridges them to the relays of others. */
function carryRooms(libp2p: RelayNode, { network, limits }: RelayConfig, { dialer, roster }: Federation, signal: AbortSignal): void {
  const { pubsub } = libp2p.services
  forgetPrunes(pubsub, { signal })
  followTopics({
    libp2p,
    pubsub,
    topicPrefix: networkNames(network).topicPrefix,
    limits: { total: limits.topics, perClient: limits.topicsPerClient },
    ...libp2p.services.limits.following,
    onFollow: createBridging({ libp2p, pubsub, dialer, roster, signal }),
    signal
  })
}

/** What `/metrics` and `/status` tell of. */
function watched(libp2p: RelayNode, front: Front, { drain, iceServers }: Services, turn: RunningTurn | undefined): WatchedRelay {
  const { tally, sizes } = libp2p.services.limits
  return {
    libp2p,
    refusals: [
      { name: 'front', read: () => front.refusals.counts },
      { name: 'limits', read: () => tally.counts },
      ...(iceServers === undefined ? [] : [{ name: 'ice', read: () => iceServers.refusals.counts }])
    ],
    draining: () => drain.active,
    dhtRecords: () => sizes.records,
    iceAnswers: () => iceServers?.answered,
    turn: turn?.server
  }
}
