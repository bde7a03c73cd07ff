/** The node layer between real relays, in Node: each way of finding the others alone brings two people together. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createNode } from '../../src/node/index.ts'
import type { ParleyNode, Received, SourceName, TextStorage } from '../../src/node/index.ts'
import type { Hello, PeerKey, Signal } from '../../src/wire/message.ts'
import { DEFAULT_NETWORK } from '../../src/wire/network.ts'
import { deriveRoomKeys } from '../../src/wire/room-key.ts'
import type { RoomKeys } from '../../src/wire/room-key.ts'
import { newSecret } from '../../src/wire/secret.ts'
import { newSession } from '../../src/wire/session.ts'
import { parseTopic } from '../../src/wire/topic.ts'
import { startRelay, tcpAddress, webSocketAddress } from '../relay/clients.ts'
import type { TestRelay } from '../relay/clients.ts'

const WAIT = { timeout: 30_000, interval: 50 }

interface Member {
  node: ParleyNode
  self: PeerKey
  storage: TextStorage
  heard: Received[]
  hello: () => Hello
  channel: ReturnType<ParleyNode['network']['enter']>
  leave: () => void
}

async function startNode(relay: TestRelay, sources: SourceName[] | undefined, storage = memory()): Promise<ParleyNode> {
  const lifetime = new AbortController()
  const node = await createNode({
    privateKey: await generateKeyPair('Ed25519'),
    network: DEFAULT_NETWORK,
    rule: { localPage: true, securePage: false },
    relays: [webSocketAddress(relay)],
    storage,
    ...(sources === undefined ? {} : { sources }),
    signal: lifetime.signal
  })
  onTestFinished(() => lifetime.abort())
  await vi.waitFor(() => { expect(node.network.addresses.value).not.toEqual([]) }, WAIT)
  return node
}

function memory(): TextStorage {
  const map = new Map<string, string>()
  return { get: (key) => map.get(key) ?? null, set: (key, value) => { map.set(key, value) } }
}

/** Enters a room as the app does: hello at once, and again whenever more can hear it. */
function enter(node: ParleyNode, keys: RoomKeys, pasted: string[] = [], storage = memory()): Member {
  const session = newSession()
  let seq = 0
  const heard: Received[] = []
  const lifetime = new AbortController()
  const hello = (): Hello => ({
    kind: 'hello', session, seq: ++seq, at: Date.now(), name: 'somebody', addresses: node.network.addresses.peek().slice(0, 8)
  })
  const channel = node.network.enter({
    keys, hello, pasted, signal: lifetime.signal,
    onMessage: (received) => heard.push(received),
    onAudience: () => { void channel.broadcast(hello()) }
  })
  void channel.broadcast(hello())
  return { node, self: node.network.self, storage, heard, hello, channel, leave: () => lifetime.abort() }
}

async function newRoom(): Promise<RoomKeys> {
  return deriveRoomKeys(parseTopic('integration'), newSecret(), () => Promise.reject(new Error('no stretching with a secret')))
}

/** Both hear a message of the other; a peer found by a stream greeting answers with a signal, as the room does. */
async function meet(a: Member, b: Member): Promise<void> {
  const answer = (from: Member, to: Member): Promise<void> => {
    const { session, seq, name, addresses } = from.hello()
    const reply: Signal = { kind: 'signal', session, seq, name, addresses, to: to.self, toSession: session, body: { kind: 'rebuild' } }
    return from.channel.send(to.self, reply)
  }
  const heardFrom = (by: Member, other: Member): boolean => by.heard.some((each) => each.from === other.self)
  await vi.waitFor(() => { expect(heardFrom(a, b) || heardFrom(b, a)).toBe(true) }, WAIT)
  if (heardFrom(a, b)) await answer(a, b)
  else await answer(b, a)
  await vi.waitFor(() => { expect([heardFrom(a, b), heardFrom(b, a)]).toEqual([true, true]) }, WAIT)
}

describe('two people on two relays', () => {
  test('presence on the pubsub topic alone', async () => {
    const first = await startRelay({ tcpPort: 0 })
    const second = await startRelay({ tcpPort: 0, bootstrap: [tcpAddress(first)] })
    const keys = await newRoom()
    const a = enter(await startNode(first, ['presence']), keys)
    const b = enter(await startNode(second, ['presence']), keys)
    await meet(a, b)
  })

  test('the DHT alone', async () => {
    const first = await startRelay({ tcpPort: 0 })
    const second = await startRelay({ tcpPort: 0, bootstrap: [tcpAddress(first)] })
    const keys = await newRoom()
    const a = enter(await startNode(first, ['dht']), keys)
    const b = enter(await startNode(second, ['dht']), keys)
    await meet(a, b)
  })

  test('a pasted address alone, with relays that know nothing of each other', async () => {
    const first = await startRelay({ tcpPort: 0 })
    const second = await startRelay({ tcpPort: 0 })
    const keys = await newRoom()
    const a = enter(await startNode(first, ['pasted']), keys)
    const b = enter(await startNode(second, ['pasted']), keys, [a.node.network.addresses.value[0] ?? ''])
    await meet(a, b)
  })

  test('remembered peers alone, with relays that know nothing of each other', async () => {
    const first = await startRelay({ tcpPort: 0 })
    const second = await startRelay({ tcpPort: 0 })
    const keys = await newRoom()
    const a = enter(await startNode(first, ['remembered']), keys)
    const storage = memory()
    const node = await startNode(second, ['remembered'], storage)
    node.network.remember(keys.pubsubTopic, a.self, a.node.network.addresses.value)
    await meet(a, enter(node, keys))
  })
})

describe('a room channel', () => {
  test('what is not sealed with the room key is never a message, and the room goes on', async () => {
    const relay = await startRelay()
    const keys = await newRoom()
    const a = enter(await startNode(relay, ['presence']), keys)
    const stranger = enter(await startNode(relay, ['presence']), { ...await newRoom(), pubsubTopic: keys.pubsubTopic })
    const b = enter(await startNode(relay, ['presence']), keys)
    for (let i = 0; i < 20; i++) await stranger.channel.broadcast(stranger.hello())
    await meet(a, b)
    expect(a.heard.filter((each) => each.from === stranger.self)).toEqual([])
  })

  test('sending to somebody who cannot be reached says so', async () => {
    const relay = await startRelay()
    const a = enter(await startNode(relay, ['pasted']), await newRoom())
    const nobody = '12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt' as PeerKey
    const { session, seq, name, addresses } = a.hello()
    await expect(a.channel.send(nobody, { kind: 'signal', session, seq, name, addresses, to: nobody, toSession: session, body: { kind: 'rebuild' } }))
      .rejects.toMatchObject({ code: 'unreachable' })
  })

  test('after leaving, nothing of the room is heard or held, and coming back works', async () => {
    const relay = await startRelay()
    const keys = await newRoom()
    const a = enter(await startNode(relay, undefined), keys)
    const node = await startNode(relay, undefined)
    const b = enter(node, keys)
    await meet(a, b)
    b.leave()
    const before = b.heard.length
    await a.channel.broadcast(a.hello())
    const again = enter(node, keys)
    await meet(a, again)
    expect(b.heard).toHaveLength(before)
  })
})

describe('relays that do not serve', () => {
  test('a relay that is down is a problem, not a crash, and one that comes up later is found', async () => {
    const lifetime = new AbortController()
    onTestFinished(() => lifetime.abort())
    const node = await createNode({
      privateKey: await generateKeyPair('Ed25519'), network: DEFAULT_NETWORK, rule: { localPage: true, securePage: false }, storage: memory(),
      relays: ['/ip4/127.0.0.1/tcp/9/ws/p2p/12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt'], signal: lifetime.signal
    })
    await vi.waitFor(() => { expect(node.relays.problem.value).toBe('relay-unreachable') }, WAIT)
    const relay = await startRelay()
    node.addRelays([webSocketAddress(relay)])
    await vi.waitFor(() => { expect(node.relays.connected.value).toBe(1) }, WAIT)
    expect(node.relays.problem.value).toBeNull()
  })

  test('an address that is none is named as such', async () => {
    const lifetime = new AbortController()
    onTestFinished(() => lifetime.abort())
    const node = await createNode({
      privateKey: await generateKeyPair('Ed25519'), network: DEFAULT_NETWORK, rule: { localPage: true, securePage: false }, storage: memory(),
      relays: ['/ip4/999.0.0.1/tcp/1/ws'], signal: lifetime.signal
    })
    await vi.waitFor(() => { expect(node.relays.problem.value).toBe('address-malformed') }, WAIT)
  })

  test('a peer that is no relay is let go', async () => {
    const { createLibp2p } = await import('libp2p')
    const { webSockets } = await import('@libp2p/websockets')
    const { identify } = await import('@libp2p/identify')
    const { connectionEncrypters, streamMuxers } = await import('../../src/node/shared-options.ts')
    const plain = await createLibp2p({
      addresses: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] }, transports: [webSockets()],
      connectionEncrypters: connectionEncrypters(), streamMuxers: streamMuxers(), services: { identify: identify() }
    })
    onTestFinished(async () => { await plain.stop() })
    const lifetime = new AbortController()
    onTestFinished(() => lifetime.abort())
    const node = await createNode({
      privateKey: await generateKeyPair('Ed25519'), network: DEFAULT_NETWORK, rule: { localPage: true, securePage: false }, storage: memory(),
      relays: plain.getMultiaddrs().map(String), signal: lifetime.signal
    })
    await vi.waitFor(() => { expect(node.relays.problem.value).toBe('not-a-relay') }, WAIT)
    expect(node.relays.connected.value).toBe(0)
    await vi.waitFor(() => { expect(plain.getConnections()).toEqual([]) }, WAIT)
  })
})
