/** The keeper between real relays: what it holds, and how soon it has it back. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerIdFromString } from '@libp2p/peer-id'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createNode } from '../../src/node/index.ts'
import type { ParleyNode } from '../../src/node/index.ts'
import { DEFAULT_NETWORK } from '../../src/wire/network.ts'
import { startRelay, tcpAddress, webSocketAddress } from '../relay/clients.ts'
import type { TestRelay } from '../relay/clients.ts'
import { portOf, tunnelTo } from '../relay/tunnel.ts'

const WAIT = { timeout: 25_000, interval: 20 }

async function startNode(...relays: string[]): Promise<ParleyNode> {
  const lifetime = new AbortController()
  const map = new Map<string, string>()
  const node = await createNode({
    privateKey: await generateKeyPair('Ed25519'),
    network: DEFAULT_NETWORK,
    rule: { localPage: true, securePage: false },
    relays,
    storage: { get: (key) => map.get(key) ?? null, set: (key, value) => { map.set(key, value) } },
    signal: lifetime.signal
  })
  onTestFinished(() => lifetime.abort())
  return node
}

/** Waits until the node has a place at exactly these relays. */
async function isReservedAt(node: ParleyNode, ...relays: Pick<TestRelay, 'peerId'>[]): Promise<void> {
  const wanted = relays.map(({ peerId }) => peerId).sort()
  await vi.waitFor(() => {
    expect(node.relays.relays.value.filter(({ reserved }) => reserved).map(({ peer }) => peer).sort()).toEqual(wanted)
    const throughs = wanted.map((relay) => node.network.addresses.value.some((address) => address.includes(`/p2p/${relay}/p2p-circuit`)))
    expect(throughs).toEqual(wanted.map(() => true))
  }, WAIT)
}

describe('the relay keeper', () => {
  test('has a place at two different relays when there are two', async () => {
    const relays = [await startRelay(), await startRelay()] as const
    const node = await startNode(...relays.map(webSocketAddress))
    await isReservedAt(node, ...relays)
  })

  test('tells where they are, and how far after having asked', async () => {
    const relay = await startRelay()
    const node = await startNode(webSocketAddress(relay))
    await isReservedAt(node, relay)
    node.relays.verify()
    await vi.waitFor(() => {
      expect(node.relays.relays.value).toEqual([
        { host: `127.0.0.1:${portOf(relay)}`, peer: relay.peerId, reserved: true, rttMs: expect.any(Number) }
      ])
    }, WAIT)
  })

  test('takes the third of three relays when one goes for ever', async () => {
    const relays = [await startRelay(), await startRelay()] as const
    const spare = await startRelay()
    const node = await startNode(...relays.map(webSocketAddress))
    await isReservedAt(node, ...relays)
    node.addRelays([webSocketAddress(spare)])
    await relays[0].close()
    await isReservedAt(node, relays[1], spare)
  })

  test('finds another in the DHT when one goes for ever', async () => {
    const first = await startRelay()
    const second = await startRelay({ bootstrap: [tcpAddress(first)] })
    const third = await startRelay({ bootstrap: [tcpAddress(first), tcpAddress(second)] })
    const node = await startNode(webSocketAddress(first), webSocketAddress(second))
    await vi.waitFor(() => { expect(node.relays.relays.value.filter(({ reserved }) => reserved)).toHaveLength(2) }, WAIT)
    const [lost, ...left] = [first, second, third].filter(({ peerId }) => node.relays.relays.value.some(({ peer, reserved }) => reserved && peer === peerId))
    await lost?.close()
    await vi.waitFor(() => {
      const held = node.relays.relays.value.filter(({ reserved }) => reserved).map(({ peer }) => peer)
      expect(held).toHaveLength(2)
      expect(held).toEqual(expect.arrayContaining(left.map(({ peerId }) => peerId)))
    }, WAIT)
  })

  test('has its place back at a relay that was started anew', async () => {
    const data = await mkdtemp(join(tmpdir(), 'parley-relay-'))
    onTestFinished(() => rm(data, { recursive: true, force: true }))
    const before = await startRelay({ data })
    const port = portOf(before)
    const node = await startNode(webSocketAddress(before))
    await isReservedAt(node, before)
    await before.close()
    await vi.waitFor(() => { expect(node.relays.connected.value).toBe(0) }, WAIT)
    expect(node.relays.relays.value).toEqual([])
    // Long enough for several attempts to fail.
    await vi.waitFor(() => { expect(node.relays.problem.value).toBe('relay-unreachable') }, WAIT)
    const after = await startRelay({ data, port })
    expect(after.peerId).toBe(before.peerId)
    await isReservedAt(node, after)
  })

  test('drops a relay that has fallen silent when told that something is silent, and has it back with the way to it', async () => {
    const relay = await startRelay()
    const tunnel = await tunnelTo(relay)
    const node = await startNode(tunnel.address)
    await isReservedAt(node, relay)
    tunnel.cut()
    node.relays.verify()
    await vi.waitFor(() => { expect(node.relays.connected.value).toBe(0) }, WAIT)
    await vi.waitFor(() => { expect(tunnel.counts().waiting).toBeGreaterThan(0) }, WAIT)
    tunnel.mend()
    await isReservedAt(node, relay)
  })

  test('replaces a connection that has fallen silent where a new one gets through, without a moment without the relay', async () => {
    const relay = await startRelay()
    const tunnel = await tunnelTo(relay)
    const node = await startNode(tunnel.address)
    await isReservedAt(node, relay)
    const connections = () => relay.libp2p.getConnections(peerIdFromString(node.network.self))
    const [old] = connections()
    const counts: number[] = []
    onTestFinished(node.relays.connected.subscribe((count) => counts.push(count)))
    tunnel.lose()
    let replaced = 0
    node.relays.verify(() => { replaced++ })
    await vi.waitFor(() => { expect(connections().filter((each) => each !== old)).toHaveLength(1) }, WAIT)
    await isReservedAt(node, relay)
    expect(counts).not.toContain(0)
    expect(replaced).toBe(1)
  })

  test('keeps a relay that answers when told that something is silent', async () => {
    const relay = await startRelay()
    const tunnel = await tunnelTo(relay)
    const node = await startNode(tunnel.address)
    await isReservedAt(node, relay)
    let lost = 0
    const stop = node.relays.connected.subscribe((count) => { if (count === 0) lost++ })
    let replaced = 0
    node.relays.verify(() => { replaced++ })
    await vi.waitFor(() => { expect(node.relays.relays.value[0]?.rttMs).not.toBeNull() }, WAIT)
    stop()
    expect(replaced).toBe(0)
    expect([lost, tunnel.counts()]).toEqual([0, { made: 1, closed: 0, waiting: 0 }])
  })
})
