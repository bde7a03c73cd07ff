/**
 * Real libp2p nodes that stand for browsers: they dial relays over WebSocket and hold a circuit relay slot. They are no
 * DHT clients, which would connect them to further relays on their own.
 */
import { createServer } from 'node:http'
import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { identify, identifyPush } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished, vi } from 'vitest'
import { defaultConfig } from '../../relay/config/defaults.ts'
import type { RelayConfig } from '../../relay/config/types.ts'
import { Front } from '../../relay/front/front.ts'
import { relayOptions } from '../../relay/node/relay-options.ts'
import { createRelay } from '../../relay/relay.ts'
import { Tally } from '../../relay/tally.ts'
import { followTopics } from '../../relay/rooms/topic-following.ts'
import type { FollowOptions } from '../../relay/rooms/topic-following.ts'
import { freshIdentity } from '../../src/node/identity.ts'
import { forgetPrunes } from '../../src/node/mesh-backoff.ts'
import { connectionEncrypters, gossipOptions, streamMuxers } from '../../src/node/shared-options.ts'
import { DEFAULT_NETWORK, networkNames } from '../../src/wire/network.ts'

export type TestRelay = Awaited<ReturnType<typeof startRelay>>
export type TestClient = Awaited<ReturnType<typeof startClient>>

const { topicPrefix, drain } = networkNames(DEFAULT_NETWORK)

/** A relay's configuration with free ports on loopback, nothing kept, and neither app, webrtc-direct nor TURN. */
export function testConfig(config: Partial<RelayConfig> = {}): RelayConfig {
  const base = defaultConfig()
  return {
    ...base,
    host: '127.0.0.1',
    port: 0,
    app: false,
    webrtcDirect: { enabled: false },
    turn: { ...base.turn, enabled: false, port: 0 },
    ...config
  }
}

/** A relay on free ports that keeps nothing; it stops with the test. */
export async function startRelay(config: Partial<RelayConfig> = {}) {
  const relay = await createRelay(testConfig(config), { signal: new AbortController().signal })
  onTestFinished(() => relay.close())
  return relay
}

/** The relay's WebSocket address. */
export function webSocketAddress(relay: Pick<TestRelay, 'multiaddrs'>): string {
  const address = relay.multiaddrs().find((each) => each.includes('/ws/'))
  if (address === undefined) throw new Error('the relay has no WebSocket address')
  return address
}

/** The relay's TCP address. */
export function tcpAddress(relay: TestRelay): string {
  const address = relay.multiaddrs().find((each) => !each.includes('/ws/'))
  if (address === undefined) throw new Error('the relay has no TCP address')
  return address
}

/** A client that is connected to the given relays; it stops with the test. */
export async function startClient(...relays: Array<Pick<TestRelay, 'multiaddrs'>>) {
  const node = await createLibp2p({
    addresses: { listen: relays.length > 0 ? ['/p2p-circuit'] : [] },
    transports: [webSockets(), circuitRelayTransport()],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    services: {
      identify: identify(),
      identifyPush: identifyPush(),
      ping: ping(),
      pubsub: gossipOptions()
    }
  })
  onTestFinished(async () => { await node.stop() })
  // The mark of a client: relays give slots to nobody else.
  await node.handle(drain, (stream) => stream.abort(new Error('not listened to here')))
  for (const relay of relays) await node.dial(multiaddr(webSocketAddress(relay)))
  const { pubsub } = node.services
  const heard: string[] = []
  pubsub.addEventListener('message', ({ detail }) => heard.push(new TextDecoder().decode(detail.data)))
  return {
    node,
    pubsub,
    /** Texts received so far, oldest first. */
    heard,
    say: (topic: string, text: string) => pubsub.publish(topic, new TextEncoder().encode(text)),
    /** Subscribes, and resolves when a relay has said that it follows. */
    join: async (topic: string) => {
      pubsub.subscribe(topic)
      await vi.waitFor(() => expect(pubsub.getSubscribers(topic).length).toBeGreaterThan(0), { timeout: 5_000, interval: 5 })
    }
  }
}

/** The pubsub topic of a made-up room. */
export function roomTopic(letter: string): string {
  return topicPrefix + letter.repeat(52)
}

/** Waits until `check` no longer throws. */
export function until(check: () => void | Promise<void>, timeoutMs = 10_000): Promise<void> {
  return vi.waitFor(check, { timeout: timeoutMs, interval: 10 })
}

/** The topics that a relay follows. */
export function followedBy(relay: Pick<TestRelay, 'libp2p'>): string[] {
  return pubsubOf(relay).getTopics()
}

/** The relay's own pubsub service. */
export function pubsubOf(relay: Pick<TestRelay, 'libp2p'>) {
  return relay.libp2p.services.pubsub
}

/** Those to whom the relay passes messages on at once. Not in gossipsub's typed surface. */
export function meshOf(relay: Pick<TestRelay, 'libp2p'>, topic: string): string[] {
  return (pubsubOf(relay) as unknown as { getMeshPeers(topic: string): string[] }).getMeshPeers(topic)
}

/** A relay's node with topic following of the test's own choosing and nothing else; it stops with the test. */
export async function startFollower(options: Partial<Pick<FollowOptions, 'limits' | 'graceMs' | 'onFollow'>>) {
  const lifetime = new AbortController()
  const config = testConfig()
  const front = new Front({ config, http: createServer(), refusals: new Tally(), turn: () => undefined })
  await front.listen()
  const libp2p = await createLibp2p(relayOptions({ config, privateKey: await freshIdentity(), datastore: undefined, front, tcpPort: undefined }))
  forgetPrunes(libp2p.services.pubsub, lifetime)
  followTopics({ libp2p, pubsub: libp2p.services.pubsub, topicPrefix, limits: { total: config.limits.topics, perClient: config.limits.topicsPerClient }, ...options, signal: lifetime.signal })
  onTestFinished(async () => {
    lifetime.abort()
    await libp2p.stop()
    await front.close()
  })
  return { libp2p, multiaddrs: () => libp2p.getMultiaddrs().map(String) }
}
