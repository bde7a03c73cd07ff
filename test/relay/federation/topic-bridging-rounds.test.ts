import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Connection, Libp2p, PeerId, Provider } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RelayDialer } from '../../../relay/federation/relay-dialer.ts'
import { createBridging } from '../../../relay/federation/topic-bridging.ts'
import { RENDEZVOUS_BUCKET_MS } from '../../../src/wire/protocol.ts'
import { roomTopic } from '../clients.ts'
import { passUntil } from './pass-until.ts'

const topic = roomTopic('a')
/** Rounds wait half a second at first and a minute later. */
const STEP_MS = 1_000

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 100 * RENDEZVOUS_BUCKET_MS }) })
afterEach(() => { vi.useRealTimers() })

async function somebody(): Promise<PeerId> {
  return peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
}

function provider(id: PeerId, ...addresses: string[]): Provider {
  return { id, multiaddrs: addresses.map((address) => multiaddr(address)), routing: 'test' }
}

/** A DHT that knows `providers`, and a relay's node that writes down what it is told to do. */
async function bridgingAmong(providers: Provider[], { publicOnly = false, alone = false } = {}) {
  const provided: string[] = []
  const cancelled: string[] = []
  const dialed: string[][] = []
  const lifetime = new AbortController()
  const node = {
    peerId: await somebody(),
    getConnections: () => [],
    dial: async (addresses: Multiaddr[]) => { dialed.push(addresses.map(String)) },
    contentRouting: {
      provide: async (cid: unknown) => { provided.push(String(cid)) },
      cancelReprovide: async (cid: unknown) => { cancelled.push(String(cid)) },
      async * findProviders() { yield * providers }
    }
  }
  const libp2p = node as unknown as Libp2p
  const dialer = new RelayDialer({ libp2p, roster: { verdict: async () => true }, publicOnly, signal: lifetime.signal })
  const connected = alone ? [] : [{ remotePeer: await somebody(), direction: 'inbound' } as Connection]
  const changes = new Set<() => void>()
  const roster = { connections: () => connected, onChange: (listener: () => void) => { changes.add(listener) } }
  const bridge = createBridging({ libp2p, pubsub: { getSubscribers: () => [] }, dialer, roster, signal: lifetime.signal })
  bridge(topic, lifetime)
  if (!alone) await vi.waitFor(() => expect(provided).toHaveLength(1))
  const meetRelay = (relay: PeerId): void => {
    connected.push({ remotePeer: relay, direction: 'inbound' } as Connection)
    for (const tell of changes) tell()
  }
  return { provided, cancelled, dialed, meetRelay, end: () => lifetime.abort() }
}

test('a relay is dialed by its own addresses, and a browser that is filed under the same key is not', async () => {
  const [relay, browser] = [await somebody(), await somebody()]
  const circuit = `/ip4/127.0.0.1/tcp/1/ws/p2p/${relay}/p2p-circuit`
  const { dialed, end } = await bridgingAmong([
    provider(browser, circuit, `${circuit}/p2p/${browser}`, `${circuit}/webrtc/p2p/${browser}`),
    provider(relay, '/ip4/127.0.0.1/tcp/2/ws', `/ip4/127.0.0.1/tcp/2/ws/p2p/${relay}`, '/ip4/127.0.0.1/tcp/3', '/ip4/127.0.0.1/udp/4/webrtc-direct')
  ])
  await vi.waitFor(() => expect(dialed).not.toEqual([]))
  expect(dialed[0]).toEqual([`/ip4/127.0.0.1/tcp/2/ws/p2p/${relay}`, `/ip4/127.0.0.1/tcp/3/p2p/${relay}`])
  expect(dialed.flat().join()).not.toContain('circuit')
  end()
})

test('a public relay never dials a private address that it found', async () => {
  const [inside, outside] = [await somebody(), await somebody()]
  const { dialed, end } = await bridgingAmong([
    provider(inside, '/ip4/192.168.1.1/tcp/80/ws', '/ip4/127.0.0.1/tcp/22'),
    provider(outside, '/ip4/10.0.0.1/tcp/80', '/dns4/relay.example/tcp/443/tls/ws')
  ], { publicOnly: true })
  await vi.waitFor(() => expect(new Set(dialed.flat())).toEqual(new Set([`/dns4/relay.example/tcp/443/tls/ws/p2p/${outside}`])))
  end()
})

test('a relay that is alone asks nobody, and asks at once when another one comes', async () => {
  const { provided, meetRelay, end } = await bridgingAmong([], { alone: true })
  await vi.advanceTimersByTimeAsync(120_000)
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(provided).toEqual([])
  meetRelay(await somebody())
  await vi.waitFor(() => expect(provided).toHaveLength(1))
  end()
})

test('four relays are dialed in one lookup and not five', async () => {
  const five = await Promise.all(Array.from({ length: 5 }, somebody))
  const { dialed, end } = await bridgingAmong(five.map((id, index) => provider(id, `/ip4/127.0.0.1/tcp/${index + 1}`)))
  // Two lookups run side by side, of the current bucket and the one before it, and find the same five here.
  await vi.waitFor(() => expect(dialed).toHaveLength(8))
  expect(new Set(dialed.flat()).size).toBe(4)
  end()
})

test('the next time bucket is provided for in a calm moment, and each is withdrawn when it is over, and all with the topic', async () => {
  const { provided, cancelled, end } = await bridgingAmong([])
  await passUntil(() => provided.length === 2, STEP_MS)
  const [current, next] = provided
  await vi.advanceTimersByTimeAsync(RENDEZVOUS_BUCKET_MS)
  await passUntil(() => provided.length === 3, STEP_MS)
  expect(cancelled).toEqual([current])
  end()
  await vi.waitFor(() => expect(cancelled).toEqual([current, next, provided[2]]))
})
