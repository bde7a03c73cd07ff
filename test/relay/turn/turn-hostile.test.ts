/** What people do who mean no good: to the server, through it to others, and to its other clients. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTurnServer } from '../../../relay/turn/index.ts'
import { writeChannelData } from '../../../relay/turn/channel-data.ts'
import { CLASS, parseMessage, writeMessage } from '../../../relay/turn/stun-message.ts'
import { openClient, openPeer, SECRET, startServer, until } from './lab.ts'
import type { TurnClient } from './turn-client.ts'
import { errorOf, METHOD, peerAttribute, udpTransport } from './turn-client.ts'

/** So many answers that no limit is met where it is not the matter. */
const UNLIMITED = { perSecond: 1_000_000, burst: 1_000_000 }

/** Sends a request until nothing comes back for it and counts what came. */
async function answersTo(client: TurnClient, request: () => Buffer, count: number, dropped: () => number): Promise<number> {
  const before = client.raw.length + dropped()
  for (let index = 0; index < count; index++) client.write(request())
  await until('all to be answered or dropped', () => client.raw.length + dropped() === before + count)
  return client.raw.length
}

describe('amplification', () => {
  test('an address that proves nothing gets so many answers and then silence, and other addresses are still answered', async () => {
    const server = await startServer({ limits: { answersPerAddress: { perSecond: 0.001, burst: 10 } } })
    const flood = await openClient(server, { user: null })
    const dropped = (): number => server.counters.refusals['source-rate'] ?? 0
    const requests = [METHOD.binding, METHOD.allocate, METHOD.refresh]
    let turn = 0
    const next = (): Buffer => flood.signed(requests[turn++ % requests.length]!)
    expect(await answersTo(flood, next, 60, dropped)).toBe(10)
    const other = await openClient(server, { user: null, from: '127.0.0.2' })
    expect((await other.request(METHOD.binding)).class).toBe(CLASS.success)
  })

  test('a client with an allocation keeps it although strangers flood the server under its address', async () => {
    const server = await startServer({ limits: { answersPerAddress: { perSecond: 0.001, burst: 5 } } })
    const [client, flood] = [await openClient(server), await openClient(server, { user: null })]
    await client.allocate()
    await answersTo(flood, () => flood.signed(METHOD.binding), 50, () => server.counters.refusals['source-rate'] ?? 0)
    client.nonce = Buffer.from('something old')
    expect((await client.refresh(600)).class).toBe(CLASS.success)
  })

  test('no answer to a stranger is much larger than what was asked', async () => {
    const client = await openClient(await startServer(), { user: null })
    const unknown = Array.from({ length: 60 }, (_, index) => ({ type: 0x5000 + index, value: Buffer.alloc(0) }))
    for (const [request, most] of [
      [client.signed(METHOD.binding), 32], [client.signed(METHOD.allocate, [udpTransport()]), 80],
      [writeMessage(METHOD.binding, CLASS.request, randomBytes(12), unknown), 80]
    ] as const) {
      expect((await client.exchange(request)).bytes.length).toBeLessThanOrEqual(most)
    }
  })
})

describe('guessing', () => {
  test('whoever tries wrong passwords is not looked at any more, even with the right one, and who has an allocation stays', async () => {
    const server = await startServer({ limits: { guessesPerAddress: { perSecond: 0.001, burst: 3 } } })
    const [guesser, neighbour] = [await openClient(server), await openClient(server, { user: 'bob' })]
    await neighbour.allocate()
    const right = guesser.credential
    guesser.credential = 'wrong'
    for (let guess = 0; guess < 3; guess++) expect(errorOf(await guesser.request(METHOD.allocate, [udpTransport()]))).toBe(401)
    guesser.credential = right
    guesser.write(guesser.signed(METHOD.allocate, [udpTransport()]))
    await until('silence', () => server.counters.refusals['guessing'] === 1)
    expect((await neighbour.refresh(600)).class).toBe(CLASS.success)
    expect(server.counters.refusals['wrong-credentials']).toBe(3)
  })

  test('requests without a nonce of this server count as no guess: anybody can send them under any address', async () => {
    const server = await startServer({ limits: { guessesPerAddress: { perSecond: 0.001, burst: 2 } } })
    const forger = await openClient(server)
    Object.assign(forger, { realm: 'parley', nonce: Buffer.from('0123456789abcdef'), credential: 'wrong' })
    for (let index = 0; index < 10; index++) expect(errorOf(await forger.exchange(forger.signed(METHOD.allocate, [udpTransport()])))).toBe(438)
    await (await openClient(server)).allocate()
  })

  test('a nonce is of use only where it was given', async () => {
    const server = await startServer()
    const [ann, eve] = [await openClient(server), await openClient(server)]
    await ann.allocate()
    Object.assign(eve, { realm: ann.realm, nonce: ann.nonce })
    expect(errorOf(await eve.exchange(eve.signed(METHOD.allocate, [udpTransport()])))).toBe(438)
  })
})

describe('peers', () => {
  test('this machine and private networks are refused, and data to them goes nowhere', async () => {
    const server = await startServer({ allowPeers: [] })
    const [client, peer] = [await openClient(server), await openPeer()]
    await client.allocate()
    for (const address of ['10.0.0.1', '192.168.0.1', '169.254.169.254', '0.0.0.0', '224.0.0.1', '100.64.0.1', '127.0.0.2']) {
      expect([address, errorOf(await client.permit({ address, port: 80 }))]).toEqual([address, 403])
      expect([address, errorOf(await client.bindChannel(0x4000, { address, port: 80 }))]).toEqual([address, 403])
    }
    // The relayed address is this machine's: leave for it opens the other allocations and nothing else that listens here.
    expect((await client.bindChannel(0x4001, peer.endpoint)).class).toBe(CLASS.success)
    client.sendOn(0x4001, 'hello')
    client.sendTo({ address: '127.0.0.1', port: server.ports.udp }, 'hello')
    await until('both drops', () => server.counters.refusals['peer-gone'] === 2)
    expect(peer.received).toEqual([])
  })

  test('the server itself is no peer, even where its address is allowed: packets would go round in circles', async () => {
    const server = await startServer()
    const client = await openClient(server)
    await client.allocate()
    const itself = { address: '127.0.0.1', port: server.ports.udp }
    await client.permit(itself)
    client.sendTo(itself, client.signed(METHOD.binding))
    await until('the drop', () => server.counters.refusals['peer-forbidden'] === 1)
    expect(client.received).toEqual([])
  })

  test('what a stranger sends to a relayed address does not pass', async () => {
    const server = await startServer({ allowPeers: ['127.0.0.2/32'] })
    const [client, peer] = [await openClient(server), await openPeer()]
    const relayed = await client.allocate()
    peer.send('no leave', relayed)
    await until('the drop', () => server.counters.refusals['no-permission'] === 1)
    // Leave for the address as one of relayed addresses does not let in who sends from there by the network.
    await client.permit(peer.endpoint)
    peer.send('wrong way', relayed)
    await until('the drop', () => server.counters.refusals['no-permission'] === 2)
    expect(client.received).toEqual([])
  })
})

describe('nonsense', () => {
  test('no bytes that arrive by UDP stop it or get more than a short answer', async () => {
    const server = await startServer({ limits: { answersPerAddress: UNLIMITED } })
    const client = await openClient(server)
    await client.allocate()
    const seeds = [
      client.signed(METHOD.allocate, [udpTransport()]), client.signed(METHOD.channelBind, [peerAttribute({ address: '127.0.0.1', port: 9 })]),
      client.signed(METHOD.refresh), writeChannelData(0x4000, Buffer.from('data'), true)
    ]
    await fc.assert(fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), mutated(seeds)),
      async (bytes) => {
        const before = client.raw.length
        client.write(bytes)
        expect((await client.request(METHOD.binding)).class).toBe(CLASS.success)
        for (const each of client.raw.slice(before)) {
          expect(parseMessage(each)).toBeDefined()
          expect(each.length).toBeLessThan(200)
        }
      }
    ), { numRuns: 300 })
  })

  test('no bytes that arrive by TCP stop it, and a stream that is no STUN is cut', async () => {
    const server = await startServer({ limits: { answersPerAddress: UNLIMITED } })
    const good = await openClient(server, { transport: 'tcp' })
    await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { minLength: 1, maxLength: 5 }), async (chunks) => {
      const socket = connect(server.ports.tcp!, '127.0.0.1')
      socket.on('error', () => undefined)
      for (const chunk of chunks) socket.write(chunk)
      socket.end()
      await once(socket.resume(), 'close')
      expect((await good.request(METHOD.binding)).class).toBe(CLASS.success)
    }), { numRuns: 50 })
    const web = connect(server.ports.tcp!, '127.0.0.1')
    web.write('GET / HTTP/1.1\r\n\r\n')
    await once(web.resume(), 'close')
    expect(server.counters.refusals['bad-stream']).toBeGreaterThan(0)
  })

  test('whoever has no allocation cannot announce a long frame', async () => {
    const server = await startServer()
    const client = await openClient(server, { transport: 'tcp' })
    client.write(Buffer.from([0, 1, 0x40, 0, 0x21, 0x12, 0xa4, 0x42]))
    await client.until('being cut', () => client.closed)
  })
})

describe('floods', () => {
  test('a client goes on while another address sends rubbish as fast as it can', async () => {
    const server = await startServer()
    const [client, peer, flood] = [await openClient(server), await openPeer(), await openClient(server, { user: null, from: '127.0.0.3' })]
    await client.allocate()
    await client.bindChannel(0x4000, peer.endpoint)
    const rubbish = [randomBytes(1_000), flood.signed(METHOD.allocate, [udpTransport()]), writeChannelData(0x4000, randomBytes(1_000), false)]
    for (let round = 0; round < 50; round++) {
      for (let index = 0; index < 100; index++) flood.write(rubbish[index % rubbish.length]!)
      client.sendOn(0x4000, `round ${round}`)
      await client.receives(`ROUND ${round}`)
    }
  })

  test('one user that takes all it may leaves room for others', async () => {
    const server = await startServer({ limits: { allocationsPerUser: 20 } })
    const greedy = await Promise.all(Array.from({ length: 30 }, () => openClient(server, { user: 'eve' })))
    const codes = await Promise.all(greedy.map(async (client) => errorOf(await client.request(METHOD.allocate, [udpTransport()]))))
    expect(codes.filter((code) => code === undefined).length).toBe(20)
    expect(new Set(codes)).toEqual(new Set([undefined, 486]))
    await (await openClient(server)).allocate()
  })

  test('a reader that does not read loses data and does not hold up others', async () => {
    const server = await startServer({ limits: { bytesPerUser: UNLIMITED } })
    const [slow, fast, other] = [await openClient(server, { user: 'bob', transport: 'tcp' }), await openClient(server), await openPeer()]
    const [atSlow, atFast] = [await slow.allocate(), await fast.allocate()]
    await slow.permit(atFast)
    await fast.permit(atSlow)
    await fast.permit(other.endpoint)
    slow.stall()
    await until('data to be dropped', () => {
      for (let index = 0; index < 50; index++) fast.sendTo(atSlow, randomBytes(60_000))
      return (server.counters.refusals['slow-reader'] ?? 0) > 0
    })
    fast.sendTo(other.endpoint, 'still here')
    await fast.receives('STILL HERE')
  })
})

test('aborting the signal ends it, closing does the same awaited, and both may be done at any time', async () => {
  const lifetime = new AbortController()
  const options = { host: '127.0.0.1', port: 0, secret: SECRET, realm: 'parley' }
  const server = await createTurnServer(options, lifetime)
  const client = await openClient(server, { transport: 'tcp' })
  await client.allocate()
  lifetime.abort()
  await server.close()
  await client.until('being cut', () => client.closed)
  const again = await createTurnServer({ ...options, port: server.ports.udp }, { signal: new AbortController().signal })
  const third = createTurnServer({ ...options, port: server.ports.udp }, { signal: new AbortController().signal })
  await expect(third).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await Promise.all([again.close(), again.close()])
  const early = new AbortController()
  const starting = createTurnServer(options, early)
  early.abort()
  await expect(starting).rejects.toThrow('aborted')
})

/** One of the messages with some bytes changed, or cut. */
function mutated(seeds: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })
  return fc.record({ seed: fc.constantFrom(...seeds), changes, cut: fc.nat(8) }).map(({ seed, changes, cut }) => {
    const bytes = Buffer.from(seed.subarray(0, seed.length - cut))
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    return bytes
  })
}
