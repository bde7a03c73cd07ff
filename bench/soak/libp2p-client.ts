/** A libp2p node that stands for a browser: what a relay sees of it is what it sees of a tab. */
import { identify, identifyPush } from '@libp2p/identify'
import type { AbortOptions, Libp2p, Transport } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { WebSocket } from 'ws'
import { calmCircuitTransport } from '../../src/node/circuit-transport.ts'
import { earlyPubsub } from '../../src/node/early-pubsub.ts'
import { connectionEncrypters, gossipOptions, streamMuxers } from '../../src/node/shared-options.ts'
import { onAbort, withTimeout } from '../../src/util/abort.ts'
import { webSocketUrl } from '../../src/util/warm-socket.ts'
import { DEFAULT_NETWORK, networkNames } from '../../src/wire/network.ts'
import { ClientRefused } from './client.ts'
import type { Client, ClientInit } from './client.ts'
import { openSocket } from './socket.ts'

const DIAL_TIMEOUT_MS = 30_000
/** A slot, or a topic, that has not been granted by then will not be, milliseconds. */
const GRANT_TIMEOUT_MS = 30_000

/** Connects to a relay and takes a circuit relay slot. No DHT client: lookups among relays are not what is measured. */
export async function connectLibp2p({ server, source, heartbeatMs, onMessage, signal }: ClientInit): Promise<Client> {
  const node = await createLibp2p({
    addresses: { listen: ['/p2p-circuit'] },
    transports: [webSocketsFrom(source), calmCircuitTransport()],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    connectionGater: { denyDialMultiaddr: () => false },
    connectionMonitor: { pingInterval: 20_000, abortConnectionOnPingFailure: false },
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      pubsub: gossipOptions({ heartbeatInterval: heartbeatMs }),
      earlyPubsub: earlyPubsub()
    }
  })
  const ended = new AbortController()
  const close = async (): Promise<void> => { await node.stop() }
  node.addEventListener('peer:disconnect', () => ended.abort())
  try {
    // The mark of the network's clients.
    await node.handle(networkNames(DEFAULT_NETWORK).drain, (stream) => { void stream.close() })
    await within(DIAL_TIMEOUT_MS, signal, async (limit) => { await node.dial(multiaddr(server), { signal: limit }) }, 'connection')
    await within(GRANT_TIMEOUT_MS, signal, (limit) => reservation(node, limit), 'reservation')
  } catch (error) {
    await close()
    throw error
  }
  const { pubsub } = node.services
  pubsub.addEventListener('message', ({ detail: { topic, data } }) => onMessage(topic, data))
  return {
    ended: ended.signal,
    close,
    enter: (topic, lifetime) => within(GRANT_TIMEOUT_MS, AbortSignal.any([lifetime.signal, ended.signal]), async (limit) => {
      pubsub.subscribe(topic)
      await happens(limit, (check) => pubsub.addEventListener('subscription-change', check, { signal: limit }), () => pubsub.getSubscribers(topic).length > 0)
    }, 'topic'),
    leave: (topic) => pubsub.unsubscribe(topic),
    say: (topic, data) => {
      void pubsub.publish(topic, data).catch(() => {
        // The connection has just ended, and who should have heard this is in the account of what was lost.
      })
    }
  }
}

function reservation(node: Libp2p, limit: AbortSignal): Promise<void> {
  const granted = (): boolean => node.getMultiaddrs().some((address) => address.toString().includes('/p2p-circuit'))
  return happens(limit, (check) => {
    node.addEventListener('self:peer:update', check)
    onAbort(limit, () => node.removeEventListener('self:peer:update', check))
  }, granted)
}

/** Resolves once `done` holds, looking whenever the event comes; rejects with the signal. */
function happens(signal: AbortSignal, listen: (check: () => void) => void, done: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => { if (done()) resolve() }
    onAbort(signal, () => reject(signal.reason as Error))
    listen(check)
    check()
  })
}

async function within(ms: number, signal: AbortSignal, work: (limit: AbortSignal) => Promise<void>, what: ClientRefused['code']): Promise<void> {
  const limit = withTimeout(signal, ms)
  try {
    await work(limit.signal)
  } catch (cause) {
    throw new ClientRefused(what, { cause })
  } finally {
    limit.done()
  }
}

type WebSocketsFactory = ReturnType<typeof webSockets>

/** The one method of @libp2p/websockets' transport that opens a socket. */
interface Connects extends Transport {
  _connect(address: Multiaddr, options: AbortOptions): Promise<WebSocket>
}

/** The library's transport, except that its sockets come from a local address of our choosing. */
function webSocketsFrom(source: string): WebSocketsFactory {
  const factory = webSockets()
  return (components) => {
    const transport = factory(components) as unknown as Connects
    transport._connect = async (address, { signal }) => {
      const url = webSocketUrl(address.toString())
      if (url === undefined) throw new Error('not a WebSocket address')
      return openSocket(url, source, signal)
    }
    return transport
  }
}
