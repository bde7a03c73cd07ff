/** Real libp2p nodes that misbehave, and an honest pair beside which they do so. */
import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { GossipSub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import type { PeerId, PrivateKey, Stream } from '@libp2p/interface'
import { peerIdFromPrivateKey, peerIdFromString } from '@libp2p/peer-id'
import { tcp } from '@libp2p/tcp'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished } from 'vitest'
import type { LimitCause } from '../../../relay/limits/causes.ts'
import { gossipOptions, connectionEncrypters, streamMuxers } from '../../../src/node/shared-options.ts'
import { DEFAULT_NETWORK, networkNames } from '../../../src/wire/network.ts'
import { roomTopic, startClient, tcpAddress, until } from '../clients.ts'
import type { TestClient, TestRelay } from '../clients.ts'

export const names = networkNames(DEFAULT_NETWORK)

/** Status codes of circuit relay v2. https://github.com/libp2p/specs/blob/master/relay/circuit-v2.md */
export const STATUS = { ok: 100, refused: 200, tooMuch: 201, denied: 202, noReservation: 204 }

export type Attacker = Awaited<ReturnType<typeof startAttacker>>

/** How an attacker appears. */
export interface AttackerOptions {
  /** The loopback address that it comes from; relays see each as an address block of its own. */
  from?: string
  /** The protocols that it claims to speak: by default it is a client of the network. */
  speaks?: string[]
  privateKey?: PrivateKey
}

/** A node that is connected to the relay by TCP; it stops with the test. */
export async function startAttacker(relay: TestRelay, { from = '127.0.0.66', speaks = [names.drain], privateKey }: AttackerOptions = {}) {
  const node = await createLibp2p({
    ...(privateKey && { privateKey }),
    transports: [tcp({ dialOpts: { localAddress: from } as object })],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    connectionManager: { reconnectRetries: 0 },
    services: { identify: identify(), pubsub: gossipOptions() }
  })
  onTestFinished(async () => { await node.stop() })
  for (const protocol of speaks) await node.handle(protocol, (stream) => stream.abort(new Error('only claimed')))
  const address = multiaddr(tcpAddress(relay))
  await node.dial(address)
  await until(() => expect(relay.libp2p.getConnections(node.peerId)).not.toHaveLength(0))
  const relayId = peerIdFromString(relay.peerId)
  return {
    node,
    id: node.peerId,
    relayId,
    pubsub: node.services.pubsub,
    isConnected: () => relay.libp2p.getConnections(node.peerId).length > 0,
    reconnect: () => node.dial(address, { force: true }),
    open: (protocol: string): Promise<Stream> => node.dialProtocol(relayId, protocol)
  }
}

/** A frame of gossipsub, sent past everything that an honest node would do first. */
export interface Frame {
  subscriptions?: Array<{ topic: string, subscribe: boolean }>
  messages?: object[]
}

type Wired = Pick<Attacker, 'relayId'> & { pubsub: GossipSub }

/** Sends bytes to the relay as a frame of gossipsub, whatever they are. */
export function sendBytes({ pubsub, relayId }: Wired, frame: number[]): void {
  const { streamsOutbound } = pubsub as unknown as { streamsOutbound: Map<string, { push(bytes: Uint8Array): void }> }
  streamsOutbound.get(relayId.toString())?.push(Uint8Array.from(frame))
}

/** Sends a frame to the relay. */
export function sendFrame({ pubsub, relayId }: Wired, { subscriptions = [], messages = [] }: Frame): void {
  const wire = pubsub as unknown as { sendRpc(to: string, frame: object): boolean }
  wire.sendRpc(relayId.toString(), { subscriptions, messages })
}

/** Asks for a slot. Returns the status of the answer. */
export async function reserve({ open }: Pick<Attacker, 'open'>): Promise<number> {
  const stream = await open(RELAY_V2_HOP_CODEC)
  const status = await askHop(stream, field(1, 0))
  await stream.close()
  return status
}

/** Asks to be connected to a peer that has a slot. Returns the status of the answer; the stream stays open. */
export async function connectTo({ open }: Pick<Attacker, 'open'>, target: PeerId): Promise<number> {
  return askHop(await open(RELAY_V2_HOP_CODEC), [...field(1, 1), ...field(2, field(1, [...target.toMultihash().bytes]))])
}

async function askHop(stream: Stream, request: number[]): Promise<number> {
  const messages = lpStream(stream)
  const signal = AbortSignal.timeout(20_000)
  await messages.write(Uint8Array.from(request), { signal })
  const answer = (await messages.read({ signal })).subarray()
  // The status is the last field of the message, of two bytes.
  const at = answer.lastIndexOf(0x28)
  return ((answer[at + 1] ?? 0) & 0x7f) + 128 * (answer[at + 2] ?? 0)
}

/** One field of a protobuf message: a number, or bytes. */
export function field(number: number, value: number | number[]): number[] {
  return typeof value === 'number' ? [number * 8, ...varint(value)] : [number * 8 + 2, ...varint(value.length), ...value]
}

/** An unsigned varint. */
export function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}

/** Lets the relay, which lives in the same process, do its part. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve) })
}

/** A made-up peer. */
export async function somebody(): Promise<{ id: PeerId, privateKey: PrivateKey }> {
  const privateKey = await generateKeyPair('Ed25519')
  return { id: peerIdFromPrivateKey(privateKey), privateKey }
}

/** How often the relay refused something. */
export function refused(relay: TestRelay, cause: LimitCause): number {
  return relay.libp2p.services.limits.tally.counts.get(cause) ?? 0
}

/** Two clients of the relay in one room. `talk` resolves once each has heard the other, anew. */
export async function honestPair(relay: TestRelay) {
  const topic = roomTopic('h')
  const [alice, bob] = await Promise.all([startClient(relay), startClient(relay)])
  await Promise.all([alice.join(topic), bob.join(topic)])
  let round = 0
  const hears = async (from: TestClient, to: TestClient): Promise<void> => {
    const text = `words ${++round}`
    await until(() => {
      if (!to.heard.includes(text)) void from.say(topic, text)
      expect(to.heard).toContain(text)
    })
  }
  return {
    alice,
    bob,
    topic,
    talk: async () => {
      await hears(alice, bob)
      await hears(bob, alice)
    }
  }
}

/** Resolves when somebody new has got a slot. */
export async function newcomerGetsSlot(relay: TestRelay): Promise<void> {
  const { node } = await startClient(relay)
  await until(() => expect(relay.libp2p.services.circuitRelay.reservations.has(node.peerId)).toBe(true))
}
