/** Members of a room whose only connections are the channels of their media connections. No relay runs. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createNode } from '../../src/node/index.ts'
import type { ParleyNode, Received } from '../../src/node/index.ts'
import type { Hello, PeerKey, Signal } from '../../src/wire/message.ts'
import { DEFAULT_NETWORK } from '../../src/wire/network.ts'
import { deriveRoomKeys } from '../../src/wire/room-key.ts'
import { newSecret } from '../../src/wire/secret.ts'
import { newSession } from '../../src/wire/session.ts'
import { parseTopic } from '../../src/wire/topic.ts'
import { FakePipe } from '../fakes/fake-pipe.ts'

const WAIT = { timeout: 15_000, interval: 20 }
const unused = (): never => { throw new Error('no stretching with a secret') }
const keys = await deriveRoomKeys(parseTopic('no relays'), newSecret(), unused)

type Member = Awaited<ReturnType<typeof enter>>

/** A node without a relay, in the room. */
async function enter() {
  const lifetime = new AbortController()
  const node: ParleyNode = await createNode({
    privateKey: await generateKeyPair('Ed25519'),
    network: DEFAULT_NETWORK,
    rule: { localPage: true, securePage: false },
    relays: [],
    storage: { get: () => null, set: () => undefined },
    sources: ['presence'],
    signal: lifetime.signal
  })
  onTestFinished(() => lifetime.abort())
  const session = newSession()
  const heard: Received[] = []
  let seq = 0
  let audiences = 0
  const hello = (): Hello => ({ kind: 'hello', session, seq: ++seq, at: Date.now(), name: 'somebody', addresses: [] })
  const channel = node.network.enter({
    keys, hello, pasted: [], signal: lifetime.signal,
    onMessage: (received) => heard.push(received),
    onAudience: () => {
      audiences++
      void channel.broadcast(hello())
    }
  })
  const signalTo = (to: PeerKey): Signal => ({
    kind: 'signal', session, seq: ++seq, to, toSession: session, name: '', addresses: [], body: { kind: 'rebuild' }
  })
  return { node, self: node.network.self, channel, hello, heard, signalTo, audiences: () => audiences, leave: () => lifetime.abort() }
}

/** Gives two members the channels of a media connection. */
function connect(one: Member, other: Member, dials = true) {
  const pipes = FakePipe.pair()
  const lifetimes = [new AbortController(), new AbortController()] as const
  one.channel.adopt(other.self, pipes[0], { dials, signal: lifetimes[0].signal })
  other.channel.adopt(one.self, pipes[1], { dials: !dials, signal: lifetimes[1].signal })
  pipes.forEach((pipe) => pipe.open())
  return { pipes, lifetimes }
}

/** Waits until `by` has heard somebody who is not more than once heard before. */
async function hears(by: Member, who: Member, kind: 'hello' | 'signal' = 'hello'): Promise<void> {
  await vi.waitFor(() => {
    expect(by.heard.filter(({ from, message }) => from === who.self && message.kind === kind)).not.toEqual([])
  }, WAIT)
}

const closed = ({ pipes }: { pipes: FakePipe[] }) => vi.waitFor(() => {
  expect(pipes.map(({ readyState }) => readyState)).toEqual(['closed', 'closed'])
}, WAIT)

describe('a member link', () => {
  test('brings a hello at once, whoever dials', async () => {
    const [anna, ben] = await Promise.all([enter(), enter()])
    connect(anna, ben)
    await Promise.all([hears(ben, anna), hears(anna, ben)])
    expect(anna.node.relays.connected.value).toBe(0)
    expect(anna.node.network.addresses.value).toEqual([])
  })

  test('hands on what the room says, so that a chain of members is one room', async () => {
    const [anna, ben, carla] = await Promise.all([enter(), enter(), enter()])
    connect(anna, ben)
    await hears(ben, anna)
    // Carla comes later and knows Ben alone.
    connect(ben, carla, false)
    await Promise.all([hears(anna, carla), hears(carla, ben)])
    await carla.channel.send(anna.self, carla.signalTo(anna.self))
    await hears(anna, carla, 'signal')
    await anna.channel.send(carla.self, anna.signalTo(carla.self))
    await hears(carla, anna, 'signal')
  })

  test('ends with its channel, and another takes its place', async () => {
    const [anna, ben] = await Promise.all([enter(), enter()])
    const first = connect(anna, ben)
    await hears(ben, anna)
    first.pipes[0].close()
    await closed(first)
    await vi.waitFor(async () => { await expect(anna.channel.send(ben.self, anna.signalTo(ben.self))).rejects.toMatchObject({ code: 'unreachable' }) }, WAIT)
    ben.heard.length = 0
    connect(anna, ben)
    await vi.waitFor(() => anna.channel.send(ben.self, anna.signalTo(ben.self)), WAIT)
    await hears(ben, anna, 'signal')
  })

  test('is replaced by that of a newer media connection, and what is said goes on over the new one', async () => {
    const [anna, ben, carla] = await Promise.all([enter(), enter(), enter()])
    const first = connect(anna, ben)
    connect(ben, carla)
    await Promise.all([hears(ben, anna), hears(carla, anna), hears(anna, carla)])
    const second = connect(anna, ben)
    await closed(first)
    carla.heard.length = 0
    await vi.waitFor(async () => {
      await anna.channel.send(carla.self, anna.signalTo(carla.self))
      expect(carla.heard.filter(({ from }) => from === anna.self)).not.toEqual([])
    }, WAIT)
    expect(second.pipes.map(({ readyState }) => readyState)).toEqual(['open', 'open'])
  })

  test('of which one is gone from a triangle leaves the room whole: hellos and signals go by way of the third', async () => {
    const [anna, ben, carla] = await Promise.all([enter(), enter(), enter()])
    connect(anna, ben)
    connect(ben, carla)
    const broken = connect(anna, carla)
    await Promise.all([hears(anna, carla), hears(carla, anna), hears(ben, anna), hears(ben, carla)])
    broken.lifetimes[0].abort()
    await closed(broken)
    for (const member of [anna, carla]) member.heard.length = 0
    await anna.channel.broadcast(anna.hello())
    await carla.channel.broadcast(carla.hello())
    await Promise.all([hears(carla, anna), hears(anna, carla)])
    await anna.channel.send(carla.self, anna.signalTo(carla.self))
    await carla.channel.send(anna.self, carla.signalTo(anna.self))
    await Promise.all([hears(carla, anna, 'signal'), hears(anna, carla, 'signal')])
  })

  test('closes its channel when its signal aborts', async () => {
    const [anna, ben] = await Promise.all([enter(), enter()])
    const link = connect(anna, ben)
    await hears(ben, anna)
    link.lifetimes[0].abort()
    await closed(link)
  })

  test('says hello to a member who was not heard before, and to no other', async () => {
    const [anna, ben] = await Promise.all([enter(), enter()])
    const first = connect(anna, ben)
    await Promise.all([hears(ben, anna), hears(anna, ben)])
    const before = [anna.audiences(), ben.audiences()]
    connect(anna, ben)
    await closed(first)
    await vi.waitFor(() => anna.channel.send(ben.self, anna.signalTo(ben.self)), WAIT)
    await hears(ben, anna, 'signal')
    expect([anna.audiences(), ben.audiences()]).toEqual(before)
  })
})

describe('a member who is not what it should be', () => {
  test('is refused when it is somebody else', async () => {
    const [anna, ben, mallory] = await Promise.all([enter(), enter(), enter()])
    const pipes = FakePipe.pair()
    const { signal } = new AbortController()
    anna.channel.adopt(ben.self, pipes[0], { dials: false, signal })
    mallory.channel.adopt(anna.self, pipes[1], { dials: true, signal })
    pipes.forEach((pipe) => pipe.open())
    await closed({ pipes })
    expect(anna.heard).toEqual([])
  })

  test('is refused when it is somebody else who is dialled', async () => {
    const [anna, ben, mallory] = await Promise.all([enter(), enter(), enter()])
    const pipes = FakePipe.pair()
    const { signal } = new AbortController()
    anna.channel.adopt(ben.self, pipes[0], { dials: true, signal })
    mallory.channel.adopt(anna.self, pipes[1], { dials: false, signal })
    pipes.forEach((pipe) => pipe.open())
    await closed({ pipes })
    expect(anna.heard).toEqual([])
  })

  test('cannot make us keep what it does not read', async () => {
    const [anna, ben] = await Promise.all([enter(), enter()])
    const link = connect(anna, ben)
    await hears(ben, anna)
    link.pipes[0].stalled = true
    for (let i = 0; i < 400; i++) void anna.channel.broadcast({ ...anna.hello(), name: 'x'.repeat(40), addresses: [] })
    await vi.waitFor(() => { expect(link.pipes[0].bufferedAmount).toBeGreaterThan(131_000) }, WAIT)
    expect(link.pipes[0].bufferedAmount).toBeLessThan(131_072 + 2 * 16_384)
  })
})

test('messages on a link are no longer than every browser takes, and none is lost while the channel is full', async () => {
  const [anna, ben] = await Promise.all([enter(), enter()])
  const { pipes: [pipe] } = connect(anna, ben)
  await hears(ben, anna)
  pipe.stalled = true
  ben.heard.length = 0
  const count = 200
  for (let i = 0; i < count; i++) await anna.channel.broadcast(anna.hello())
  pipe.stalled = false
  pipe.flush()
  await vi.waitFor(() => { expect(ben.heard.length).toBe(count) }, WAIT)
  expect(Math.max(...pipe.sent)).toBeLessThanOrEqual(16_384)
})
