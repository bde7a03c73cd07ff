/** What a client may use, and for how long. Clocks are turned by hand; sockets are real. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { attributeOf } from '../../../relay/turn/stun-message.ts'
import { openClient, openPeer, startServer, until } from './lab.ts'
import type { TurnClient } from './turn-client.ts'
import { ATTRIBUTE, CLASS, errorOf, METHOD, udpTransport } from './turn-client.ts'

const MINUTE = 60_000

const lifetimeOf = (answer: Awaited<ReturnType<TurnClient['request']>>) => attributeOf(answer, ATTRIBUTE.lifetime)?.readUInt32BE()

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }))
  afterEach(() => void vi.useRealTimers())

  test('an allocation that is not refreshed ends after its lifetime, one that is refreshed goes on', async () => {
    const server = await startServer()
    const [idle, busy] = [await openClient(server), await openClient(server)]
    await idle.allocate()
    await busy.allocate()
    vi.advanceTimersByTime(9 * MINUTE)
    expect(lifetimeOf(await busy.refresh(600))).toBe(600)
    vi.advanceTimersByTime(2 * MINUTE)
    await until('one to end', () => server.counters.allocations.live === 1)
    expect(errorOf(await idle.refresh(600))).toBe(437)
    expect((await busy.refresh(600)).class).toBe(CLASS.success)
  })

  test('a permission ends after five minutes and a channel after ten, unless renewed', async () => {
    const server = await startServer()
    const [client, peer] = [await openClient(server), await openPeer()]
    await client.allocate()
    await client.refresh(3_600)
    await client.bindChannel(0x4000, peer.endpoint)
    vi.advanceTimersByTime(5 * MINUTE)
    client.sendOn(0x4000, 'late')
    await until('the drop', () => server.counters.refusals['no-permission'] === 1)
    await client.permit(peer.endpoint)
    client.sendOn(0x4000, 'again')
    expect(await client.receives('AGAIN')).toMatchObject({ channel: 0x4000 })
    vi.advanceTimersByTime(5 * MINUTE)
    client.sendOn(0x4000, 'too late')
    await until('the drop', () => server.counters.refusals['no-channel'] === 1)
    await client.permit(peer.endpoint)
    client.sendTo(peer.endpoint, 'plain')
    expect(await client.receives('PLAIN')).toEqual({ data: 'PLAIN', peer: peer.endpoint })
  })

  test('a stale nonce is told of, with a new one', async () => {
    const client = await openClient(await startServer(), { seconds: 86_400 })
    await client.allocate()
    const old = client.nonce
    await client.refresh(3_600)
    vi.advanceTimersByTime(50 * MINUTE)
    expect((await client.exchange(client.signed(METHOD.refresh))).class).toBe(CLASS.success)
    await client.refresh(3_600)
    vi.advanceTimersByTime(10 * MINUTE)
    const answer = await client.exchange(client.signed(METHOD.refresh))
    expect(errorOf(answer)).toBe(438)
    expect(attributeOf(answer, ATTRIBUTE.nonce)).not.toEqual(old)
    expect((await client.refresh(600)).class).toBe(CLASS.success)
  })

  test('a credential that has ended makes no allocation, and one that was made with it ends a minute later', async () => {
    const server = await startServer()
    const client = await openClient(server, { seconds: 120 })
    expect(lifetimeOf(await client.request(METHOD.allocate, [udpTransport()]))).toBe(180)
    vi.advanceTimersByTime(2 * MINUTE)
    expect(errorOf(await client.refresh(600))).toBe(401)
    const late = await openClient(server)
    late.username = client.username
    late.credential = client.credential
    expect(errorOf(await late.request(METHOD.allocate, [udpTransport()]))).toBe(401)
    expect(server.counters.refusals['expired']).toBe(2)
    vi.advanceTimersByTime(MINUTE)
    await until('the allocation to end', () => server.counters.allocations.live === 0)
  })

  test('a user is forgotten when the credential has ended, which makes room for another', async () => {
    const server = await startServer({ limits: { users: 1 } })
    const [ann, bob] = [await openClient(server, { seconds: 60 }), await openClient(server, { user: 'bob' })]
    await ann.allocate()
    await ann.refresh(0)
    expect(errorOf(await bob.request(METHOD.allocate, [udpTransport()]))).toBe(508)
    vi.advanceTimersByTime(MINUTE)
    await vi.waitFor(async () => expect((await bob.request(METHOD.allocate, [udpTransport()])).class).toBe(CLASS.success), 10_000)
  })

  test('a renewed credential of the same user refreshes, one of another user does not', async () => {
    const server = await startServer()
    const client = await openClient(server, { seconds: 120 })
    await client.allocate()
    const [renewed, other] = [await openClient(server, { seconds: 3_600 }), await openClient(server, { user: 'eve' })]
    Object.assign(client, { username: renewed.username, credential: renewed.credential })
    expect(lifetimeOf(await client.refresh(600))).toBe(600)
    Object.assign(client, { username: other.username, credential: other.credential })
    expect(errorOf(await client.refresh(600))).toBe(441)
  })

  test('a reserved port that nobody comes for is free after half a minute', async () => {
    const server = await startServer({ relayPorts: { min: 21_200, max: 21_201 } })
    const [first, second] = [await openClient(server), await openClient(server)]
    await first.allocate([{ type: ATTRIBUTE.evenPort, value: Buffer.from([0x80]) }])
    expect(errorOf(await second.request(METHOD.allocate, [udpTransport()]))).toBe(508)
    vi.advanceTimersByTime(MINUTE / 2)
    await vi.waitFor(async () => expect((await second.request(METHOD.allocate, [udpTransport()])).class).toBe(CLASS.success), 10_000)
  })

  test('a connection without an allocation is cut after half a minute, one with an allocation is not', async () => {
    const server = await startServer()
    const [idle, busy] = [await openClient(server, { transport: 'tcp' }), await openClient(server, { transport: 'tcp' })]
    await busy.allocate()
    await idle.request(METHOD.binding)
    vi.advanceTimersByTime(MINUTE)
    await idle.until('being cut', () => idle.closed)
    expect((await busy.refresh(600)).class).toBe(CLASS.success)
    expect(server.counters.refusals['idle-stream']).toBe(1)
  })

  test('a user has a rate of bytes over all allocations, and a total; what is above is dropped and others go on', async () => {
    const limits = { bytesPerUser: { perSecond: 1_000, burst: 1_000 }, totalBytesPerUser: 1_500 }
    const server = await startServer({ limits })
    const [one, two, other, peer] = [await openClient(server), await openClient(server), await openClient(server, { user: 'bob' }), await openPeer()]
    for (const client of [one, two, other]) {
      await client.allocate()
      await client.permit(peer.endpoint)
    }
    one.sendTo(peer.endpoint, 'x'.repeat(500))
    await one.receives('X'.repeat(500))
    two.sendTo(peer.endpoint, 'y')
    await until('the drop', () => server.counters.refusals['byte-rate'] === 1)
    other.sendTo(peer.endpoint, 'z')
    await other.receives('Z')
    vi.advanceTimersByTime(1_000)
    two.sendTo(peer.endpoint, 'y'.repeat(250))
    await two.receives('Y'.repeat(250))
    vi.advanceTimersByTime(1_000)
    two.sendTo(peer.endpoint, 'y')
    await until('the drop', () => server.counters.refusals['byte-total'] === 1)
  })
})

describe('numbers', () => {
  const allocate = (client: TurnClient) => client.request(METHOD.allocate, [udpTransport()])

  test('a user has so many allocations, and others have theirs', async () => {
    const server = await startServer({ limits: { allocationsPerUser: 2 } })
    const clients = [await openClient(server), await openClient(server), await openClient(server)]
    expect([await allocate(clients[0]!), await allocate(clients[1]!), await allocate(clients[2]!)].map(errorOf)).toEqual([undefined, undefined, 486])
    expect(errorOf(await allocate(await openClient(server, { user: 'bob' })))).toBeUndefined()
    await clients[0]!.refresh(0)
    expect(errorOf(await allocate(clients[2]!))).toBeUndefined()
  })

  test('an address has so many allocations', async () => {
    const server = await startServer({ limits: { allocationsPerAddress: 1 } })
    expect(errorOf(await allocate(await openClient(server)))).toBeUndefined()
    expect(errorOf(await allocate(await openClient(server, { user: 'bob' })))).toBe(486)
    expect(errorOf(await allocate(await openClient(server, { user: 'bob', host: '127.0.0.1', transport: 'tcp' })))).toBe(486)
  })

  test('the server has so many allocations, ports and users', async () => {
    for (const options of [{ limits: { allocations: 1 } }, { limits: { users: 1 } }, { relayPorts: { min: 21_300, max: 21_300 } }]) {
      const server = await startServer(options)
      expect(errorOf(await allocate(await openClient(server)))).toBeUndefined()
      expect(errorOf(await allocate(await openClient(server, { user: 'bob' })))).toBe(508)
      await server.close()
    }
  })

  test('an allocation has so many permissions and channels', async () => {
    const server = await startServer({ limits: { permissionsPerAllocation: 2, channelsPerAllocation: 1 } })
    const client = await openClient(server)
    await client.allocate()
    const peer = (last: number) => ({ address: `127.0.0.${last}`, port: 9 })
    expect([await client.bindChannel(0x4000, peer(1)), await client.bindChannel(0x4001, peer(2))].map(errorOf)).toEqual([undefined, 508])
    expect([await client.permit(peer(2)), await client.permit(peer(3)), await client.permit(peer(1))].map(errorOf)).toEqual([undefined, 508, undefined])
  })

  test('an address has so many connections, and the server too', async () => {
    for (const limits of [{ connectionsPerAddress: 1 }, { connections: 1 }]) {
      const server = await startServer({ limits })
      const [first, second] = [await openClient(server, { transport: 'tcp' }), await openClient(server, { transport: 'tcp' })]
      await second.until('being cut', () => second.closed)
      await first.allocate()
      first.close()
      await until('the first to be gone', () => server.counters.allocations.live === 0)
      await (await openClient(server, { transport: 'tcp' })).allocate()
    }
  })

  test('a user may send only so many requests', async () => {
    const server = await startServer({ limits: { requestsPerUser: { perSecond: 0.001, burst: 3 } } })
    const client = await openClient(server)
    await client.allocate()
    await client.refresh(600)
    await client.refresh(600)
    client.write(client.signed(METHOD.refresh))
    await until('the drop', () => server.counters.refusals['request-rate'] === 1)
  })
})
