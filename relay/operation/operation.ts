/** What the person who runs a relay sees of it: metrics for Prometheus and a status page. */
import type { CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import type { Lifetime } from '../../src/util/abort.ts'
import { onAbort } from '../../src/util/abort.ts'
import type { RelayConfig } from '../config/types.ts'
import type { Route } from '../http/answer.ts'
import { packageVersion } from '../package-root.ts'
import { CircuitMeter } from './circuit-meter.ts'
import { History, SAMPLE_MS } from './history.ts'
import { listenForOperator } from './listener.ts'
import { createMetrics } from './metrics.ts'
import type { RelayMetrics } from './metrics.ts'
import { watchPeerKinds } from './peer-kinds.ts'
import { forThisMachine, operatorRoutes } from './routes.ts'
import { readNumbers } from './snapshot.ts'
import type { NumberSources, RelayNumbers } from './snapshot.ts'
import type { RelayFacts, RelayStatus } from './status.ts'

/** A running relay, as far as its operator looks at it. What is left out is not shown. */
export interface WatchedRelay extends Partial<Pick<NumberSources, 'refusals' | 'draining' | 'dhtRecords' | 'iceAnswers' | 'turn'>> {
  libp2p: Libp2p<{ pubsub: GossipSub, circuitRelay: CircuitRelayService }>
}

/** The operator's side of a relay. */
export interface Operation {
  /** For the relay's own port; none of them exists for other machines. */
  readonly routes: ReadonlyMap<string, Route>
  /** To be added to libp2p's options. */
  readonly libp2pOptions: { metrics?: RelayMetrics['component'] }
  /** To be called once, when the relay runs. Resolves when the metrics' own port is listening, with its undoing. */
  watch(relay: WatchedRelay): Promise<() => Promise<void>>
}

const NOTHING: Operation = { routes: new Map(), libp2pOptions: {}, watch: async () => async () => undefined }

/** Makes what `config.metrics` asks for. Whatever `watch` begins, and does not hand out the undoing of, ends with `signal`. */
export async function createOperation(config: RelayConfig, { signal }: Lifetime): Promise<Operation> {
  const { metrics: place } = config
  if (place.kind === 'off') return NOTHING
  const version = packageVersion()
  const circuits = new CircuitMeter()
  const history = new History()
  const startedAt = Date.now()
  let watched: { numbers: () => RelayNumbers, facts: () => RelayFacts } | undefined
  const metrics = createMetrics({ circuits, build: { version, network: config.network }, numbers: () => watched?.numbers() })
  const status = (): RelayStatus | undefined => watched === undefined ? undefined
    : { ...watched.facts(), at: Date.now(), node: process.versions.node, numbers: watched.numbers(), history: history.samples, sampleMs: SAMPLE_MS }
  const routes = await operatorRoutes({ metrics, status })

  return {
    routes: place.kind === 'local' ? forThisMachine(routes) : new Map(),
    libp2pOptions: { metrics: metrics.component },
    watch: async (relay) => {
      const { libp2p } = relay
      const sources = numberSources(relay, config, circuits, { signal })
      const numbers = (): RelayNumbers => readNumbers(sources)
      const facts = (): RelayFacts => ({
        version, network: config.network, peerId: libp2p.peerId.toString(), addresses: libp2p.getMultiaddrs().map(String), startedAt,
        neighbours: sources.kinds.relays()
      })
      watched = { numbers, facts }
      const sampling = setInterval(() => history.add(numbers()), SAMPLE_MS)
      onAbort(signal, () => clearInterval(sampling))
      if (place.kind === 'local') return async () => undefined
      const addresses = () => ({ peerId: libp2p.peerId.toString(), announced: [], listened: [], host: undefined })
      return listenForOperator({ ...place, network: config.network, addresses, health: () => sources.draining() ? 'draining' : 'ok', routes })
    }
  }
}

function numberSources(relay: WatchedRelay, { limits, turn: { allocations } }: RelayConfig, circuits: CircuitMeter, { signal }: Lifetime): NumberSources {
  const { libp2p, refusals = [], draining = () => false, dhtRecords = () => undefined, iceAnswers = () => undefined, turn } = relay
  const { pubsub, circuitRelay } = libp2p.services
  const messages = { messages: 0, bytes: 0 }
  pubsub.addEventListener('message', ({ detail }) => {
    messages.messages += 1
    messages.bytes += detail.data.length
  }, { signal })
  return {
    connections: () => libp2p.getConnections(),
    kinds: watchPeerKinds(libp2p, { signal }),
    circuits,
    reservations: () => circuitRelay.reservations.size,
    topics: () => pubsub.getTopics().length,
    pubsub: messages,
    limits: { ...limits, allocations },
    refusals, draining, dhtRecords, iceAnswers, turn
  }
}
