import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { KEEP_ALIVE } from '@libp2p/interface'
import type { AbortOptions, PeerData, PeerId, PeerInfo } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { backoffMs } from '../util/backoff.ts'
import { RelaySlots } from './relay-slots.ts'

type CircuitFactory = ReturnType<typeof circuitRelayTransport>
type Components = Parameters<CircuitFactory>[0]
type RandomWalk = Components['randomWalk']
type ConnectionManager = Components['connectionManager']
type PeerStore = Components['peerStore']

/** Pauses between walks, milliseconds; the first one leaves the start of a call alone. */
const PAUSE = { baseMs: 5_000, maxMs: 300_000 }

/**
 * @libp2p/circuit-relay-v2's transport, except in how it looks for relays while a reservation slot is empty. The library
 * walks the DHT without a pause and dials everybody it hears of, other browsers too; in a network with fewer relays than
 * slots that never ends. Here the walks are spaced out, and only peers that can be dialled directly are tried. Who is asked
 * for a place, and again after a loss, is up to `slots` and the relay keeper.
 */
export function calmCircuitTransport(slots = new RelaySlots()): CircuitFactory {
  const factory = circuitRelayTransport({ reservationCompletionTimeout: 5_000, reservationConcurrency: 2 })
  return (components) => {
    const transport = factory(new Proxy(components, {
      get: (target, key) => {
        if (key === 'randomWalk') return spacedWalk(target.randomWalk)
        if (key === 'connectionManager') return relaysOnly(target.connectionManager)
        if (key === 'peerStore') return withoutReconnecting(target.peerStore)
        return Reflect.get(target, key)
      }
    }))
    slots.attach(transport)
    return transport
  }
}

/** The same walk, with growing pauses: one each time that it comes by a peer again, which is soon in a small network. */
function spacedWalk(randomWalk: RandomWalk): RandomWalk {
  return {
    async * walk(options: AbortOptions = {}): AsyncGenerator<PeerInfo> {
      for (let round = 0; ; round++) {
        await pause(backoffMs(round, PAUSE), options.signal)
        const seen = new Set<string>()
        for await (const peer of randomWalk.walk(options)) {
          if (seen.has(peer.id.toString())) break
          seen.add(peer.id.toString())
          yield peer
        }
      }
    }
  }
}

/** The same manager, to which a peer behind a circuit is none to dial: it is a browser, not a relay. */
function relaysOnly(manager: ConnectionManager): ConnectionManager {
  return new Proxy(manager, {
    get: (target, key) => {
      if (key === 'isDialable') {
        return async (addresses: Multiaddr | Multiaddr[], options?: AbortOptions) => {
          const direct = [addresses].flat().filter((address) => !address.toString().includes('/p2p-circuit'))
          return direct.length > 0 && target.isDialable(direct, options)
        }
      }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}

/**
 * The same peer store, in which relays are marked as worth keeping, but not as to be dialled again by the library: its
 * dial, which may hang for long on a network that is gone, would be the one that the keeper's own dials wait for.
 */
function withoutReconnecting(store: PeerStore): PeerStore {
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'merge') {
        return (peer: PeerId, { tags = {}, ...data }: PeerData, options?: AbortOptions) =>
          target.merge(peer, { ...data, tags: mapTags(tags) }, options)
      }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}

function mapTags(tags: NonNullable<PeerData['tags']>): NonNullable<PeerData['tags']> {
  const entries = tags instanceof Map ? [...tags] : Object.entries(tags)
  return Object.fromEntries(entries.map(([name, tag]) => [name.replace(KEEP_ALIVE, 'kept'), tag]))
}

/** @throws the signal's reason when it aborts: a search that is over must not start another walk */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason instanceof Error ? signal.reason : new Error('the search is over'))
    }
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
