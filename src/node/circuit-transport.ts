import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import type { AbortOptions, PeerInfo } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { backoffMs } from '../util/backoff.ts'

type CircuitFactory = ReturnType<typeof circuitRelayTransport>
type Components = Parameters<CircuitFactory>[0]
type RandomWalk = Components['randomWalk']
type ConnectionManager = Components['connectionManager']

/** Pauses between walks, milliseconds; the first one leaves the start of a call alone. */
const PAUSE = { baseMs: 5_000, maxMs: 300_000 }

/**
 * @libp2p/circuit-relay-v2's transport, except in how it looks for relays while a reservation slot is empty. The library
 * walks the DHT without a pause and dials everybody it hears of, other browsers too; in a network with fewer relays than
 * slots that never ends. Here the walks are spaced out, and only peers that can be dialled directly are tried.
 */
export function calmCircuitTransport(): CircuitFactory {
  const factory = circuitRelayTransport({ reservationCompletionTimeout: 10_000 })
  return (components) => factory(new Proxy(components, {
    get: (target, key) => {
      if (key === 'randomWalk') return spacedWalk(target.randomWalk)
      if (key === 'connectionManager') return relaysOnly(target.connectionManager)
      return Reflect.get(target, key)
    }
  }))
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
