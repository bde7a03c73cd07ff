/** What each method does, over real sockets. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readXorAddress } from '../../../relay/turn/address.ts'
import { addFingerprint } from '../../../relay/turn/fingerprint.ts'
import { attributeOf, parseMessage, writeMessage } from '../../../relay/turn/stun-message.ts'
import { hasIPv6, openClient, openPeer, startServer, until } from './lab.ts'
import { ATTRIBUTE, channelAttribute, CLASS, errorOf, METHOD, peerAttribute, relayedOf, udpTransport } from './turn-client.ts'

const ipv6 = await hasIPv6()

describe.each(['udp', 'tcp'] as const)('over %s', (transport) => {
  test('Binding tells a client its address, without a credential, and marks the answer when the request was marked', async () => {
    const client = await openClient(await startServer(), { transport, user: null })
    const answer = await client.request(METHOD.binding)
    const mapped = readXorAddress(attributeOf(answer, ATTRIBUTE.xorMappedAddress)!, answer.transactionId)
    expect(mapped).toEqual({ address: '127.0.0.1', port: client.localPort() })
    expect(answer.fingerprint).toBe(false)
    expect((await client.exchange(addFingerprint(client.signed(METHOD.binding)))).fingerprint).toBe(true)
  })

  test('Allocate without a credential is answered with realm and nonce, and with one by an address and a signature', async () => {
    const server = await startServer()
    const client = await openClient(server, { transport })
    const challenge = await client.exchange(client.signed(METHOD.allocate, [udpTransport()]))
    expect(errorOf(challenge)).toBe(401)
    expect(attributeOf(challenge, ATTRIBUTE.realm)?.toString()).toBe('parley')
    const answer = await client.request(METHOD.allocate, [udpTransport()])
    expect(answer.class).toBe(CLASS.success)
    expect(client.trusts(answer)).toBe(true)
    expect(relayedOf(answer)).toMatchObject({ address: '127.0.0.1' })
    expect(attributeOf(answer, ATTRIBUTE.lifetime)?.readUInt32BE()).toBe(600)
    expect(server.counters.allocations).toEqual({ live: 1, total: 1 })
  })

  test('indications go to a peer that has a permission, and its data comes back as indications', async () => {
    const server = await startServer()
    const [client, peer] = [await openClient(server, { transport }), await openPeer()]
    const relayed = await client.allocate()
    client.sendTo(peer.endpoint, 'too early')
    await until('the drop', () => server.counters.refusals['no-permission'] === 1)
    expect((await client.permit({ ...peer.endpoint, port: 0 })).class).toBe(CLASS.success)
    client.sendTo(peer.endpoint, 'hello')
    expect(await client.receives('HELLO')).toEqual({ data: 'HELLO', peer: peer.endpoint })
    expect(peer.received).toEqual([{ data: 'hello', from: relayed }])
  })

  test('a channel carries data both ways, also such that needs padding', async () => {
    const [client, peer] = [await openClient(await startServer(), { transport }), await openPeer()]
    await client.allocate()
    expect((await client.bindChannel(0x4001, peer.endpoint)).class).toBe(CLASS.success)
    for (const data of ['a', 'ab', 'abc', 'abcd', '']) {
      client.sendOn(0x4001, data)
      expect(await client.receives(data.toUpperCase())).toEqual({ data: data.toUpperCase(), channel: 0x4001 })
    }
  })

  test('datagrams of any size pass', async () => {
    const [client, peer] = [await openClient(await startServer(), { transport }), await openPeer()]
    await client.allocate()
    await client.bindChannel(0x4001, peer.endpoint)
    client.sendOn(0x4001, 'x'.repeat(60_000))
    await client.receives('X'.repeat(60_000))
  })

  test('two clients reach each other through the server although no private peer is allowed', async () => {
    const server = await startServer({ allowPeers: [] })
    const [ann, bob] = [await openClient(server, { transport }), await openClient(server, { user: 'bob' })]
    const [atAnn, atBob] = [await ann.allocate(), await bob.allocate()]
    expect((await ann.bindChannel(0x4001, atBob)).class).toBe(CLASS.success)
    ann.sendOn(0x4001, 'too early')
    await until('the drop', () => server.counters.refusals['no-permission'] === 1)
    await bob.permit(atAnn)
    ann.sendOn(0x4001, 'hello')
    expect(await bob.receives('hello')).toEqual({ data: 'hello', peer: atAnn })
    bob.sendTo(atAnn, 'hello yourself')
    expect(await ann.receives('hello yourself')).toEqual({ data: 'hello yourself', channel: 0x4001 })
  })

  test('Refresh with no time left ends the allocation, and a new one can be made', async () => {
    const server = await startServer()
    const client = await openClient(server, { transport })
    await client.allocate()
    expect(errorOf(await client.request(METHOD.allocate, [udpTransport()]))).toBe(437)
    expect(attributeOf(await client.refresh(0), ATTRIBUTE.lifetime)?.readUInt32BE()).toBe(0)
    expect(server.counters.allocations.live).toBe(0)
    expect(errorOf(await client.refresh(600))).toBe(437)
    await client.allocate()
  })
})

test('a TCP client that goes takes its allocation along', async () => {
  const server = await startServer()
  const client = await openClient(server, { transport: 'tcp' })
  await client.allocate()
  client.close()
  await until('the allocation to end', () => server.counters.allocations.live === 0)
})

test('a repeated request gets the same answer and has no second effect', async () => {
  const server = await startServer()
  const client = await openClient(server)
  await client.request(METHOD.refresh)
  const request = client.signed(METHOD.allocate, [udpTransport(), { type: ATTRIBUTE.evenPort, value: Buffer.from([0x80]) }])
  const id = request.subarray(8, 20)
  client.write(request)
  const first = await client.exchange(request)
  const again = await client.exchange(request)
  expect(again.bytes).toEqual(first.bytes)
  expect(first.class).toBe(CLASS.success)
  expect(server.counters.allocations.total).toBe(1)
  const release = client.signed(METHOD.refresh, [{ type: ATTRIBUTE.lifetime, value: Buffer.alloc(4) }])
  expect((await client.exchange(release)).bytes).toEqual((await client.exchange(release)).bytes)
  expect(client.raw.filter((bytes) => bytes.subarray(8, 20).equals(id)).length).toBeGreaterThanOrEqual(2)
})

test('requests that overtake the making of an allocation make no second one', async () => {
  const server = await startServer()
  const client = await openClient(server, { transport: 'tcp' })
  await client.request(METHOD.refresh)
  const [request, other] = [client.signed(METHOD.allocate, [udpTransport()]), client.signed(METHOD.allocate, [udpTransport()])]
  client.raw.length = 0
  const [answer] = await Promise.all([client.exchange(Buffer.concat([request, request, other])), client.until('both', () => client.raw.length === 2)])
  expect(answer.class).toBe(CLASS.success)
  const refused = client.raw.map((bytes) => parseMessage(bytes)!).filter((each) => each.class === CLASS.error)
  expect(refused.map(errorOf)).toEqual([437])
  expect(server.counters.allocations.total).toBe(1)
})

test('an even port can be had, and the next one kept for the same user', async () => {
  const server = await startServer()
  const [rtp, rtcp, thief] = [await openClient(server), await openClient(server), await openClient(server, { user: 'eve' })]
  const answer = await rtp.request(METHOD.allocate, [udpTransport(), { type: ATTRIBUTE.evenPort, value: Buffer.from([0x80]) }])
  const { port } = relayedOf(answer)
  expect(port % 2).toBe(0)
  for (let count = 0; count < 5; count++) {
    const { port } = await (await openClient(server)).allocate([{ type: ATTRIBUTE.evenPort, value: Buffer.from([0]) }])
    expect(port % 2).toBe(0)
  }
  const token = { type: ATTRIBUTE.reservationToken, value: Buffer.from(attributeOf(answer, ATTRIBUTE.reservationToken)!) }
  expect(errorOf(await thief.request(METHOD.allocate, [udpTransport(), token]))).toBe(508)
  expect((await rtcp.allocate([token])).port).toBe(port + 1)
  const third = await openClient(server)
  expect(errorOf(await third.request(METHOD.allocate, [udpTransport(), token]))).toBe(508)
})

describe('requests that make no sense', () => {
  const attribute = (type: number, ...bytes: number[]) => ({ type, value: Buffer.from(bytes) })
  const token = attribute(ATTRIBUTE.reservationToken, 1, 2, 3, 4, 5, 6, 7, 8)
  const ipv4 = attribute(ATTRIBUTE.requestedAddressFamily, 1, 0, 0, 0)
  const additional = attribute(ATTRIBUTE.additionalAddressFamily, 2, 0, 0, 0)
  test.each([
    ['no transport', 400, []],
    ['TCP to the peers', 442, [udpTransport(6)]],
    ['a token that nobody gave', 508, [udpTransport(), token]],
    ['a token and an even port', 400, [udpTransport(), token, attribute(ATTRIBUTE.evenPort, 0)]],
    ['a token and a family', 400, [udpTransport(), token, ipv4]],
    ['a short token', 400, [udpTransport(), attribute(ATTRIBUTE.reservationToken, 1)]],
    ['a family and an additional one', 400, [udpTransport(), ipv4, additional]],
    ['IPv4 in addition', 400, [udpTransport(), attribute(ATTRIBUTE.additionalAddressFamily, 1, 0, 0, 0)]],
    ['an additional family and the next port', 400, [udpTransport(), additional, attribute(ATTRIBUTE.evenPort, 0x80)]],
    ['a family that does not exist', 440, [udpTransport(), attribute(ATTRIBUTE.requestedAddressFamily, 7, 0, 0, 0)]],
    ['IPv6 of a server that has none', 440, [udpTransport(), attribute(ATTRIBUTE.requestedAddressFamily, 2, 0, 0, 0)]],
    ['DONT-FRAGMENT, which Node cannot set', 420, [udpTransport(), attribute(ATTRIBUTE.dontFragment)]],
    ['an attribute of the future', 420, [udpTransport(), attribute(0x7777)]]
  ])('Allocate: %s', async (_, code, attributes) => {
    const client = await openClient(await startServer())
    const answer = await client.request(METHOD.allocate, attributes)
    expect(errorOf(answer)).toBe(code)
    expect(client.trusts(answer)).toBe(true)
    if (code === 420) expect(attributeOf(answer, ATTRIBUTE.unknownAttributes)?.readUInt16BE()).toBe(attributes[1]?.type)
    await client.allocate([attribute(0x9999)])
  })

  test('ChannelBind: a number out of range, no peer, no port, two peers for a number, two numbers for a peer', async () => {
    const client = await openClient(await startServer())
    const peer = { address: '127.0.0.1', port: 1_000 }
    expect(errorOf(await client.bindChannel(0x4000, peer))).toBe(437)
    await client.allocate()
    expect(errorOf(await client.bindChannel(0x3fff, peer))).toBe(400)
    expect(errorOf(await client.bindChannel(0x8000, peer))).toBe(400)
    expect(errorOf(await client.bindChannel(0x4000, { ...peer, port: 0 }))).toBe(400)
    expect(errorOf(await client.request(METHOD.channelBind, [channelAttribute(0x4000)]))).toBe(400)
    expect((await client.bindChannel(0x4000, peer)).class).toBe(CLASS.success)
    expect((await client.bindChannel(0x4000, peer)).class).toBe(CLASS.success)
    expect(errorOf(await client.bindChannel(0x4001, peer))).toBe(400)
    expect(errorOf(await client.bindChannel(0x4000, { ...peer, port: 1_001 }))).toBe(400)
    expect((await client.bindChannel(0x7fff, { ...peer, port: 1_001 })).class).toBe(CLASS.success)
  })

  test('CreatePermission: no allocation, no peer, another family; nothing is granted when one peer is refused', async () => {
    const server = await startServer()
    const [client, peer] = [await openClient(server), await openPeer()]
    expect(errorOf(await client.permit(peer.endpoint))).toBe(437)
    await client.allocate()
    expect(errorOf(await client.request(METHOD.createPermission))).toBe(400)
    expect(errorOf(await client.permit({ address: '2001:db8::1', port: 1 }))).toBe(443)
    const both = [peerAttribute(peer.endpoint), peerAttribute({ address: '10.0.0.1', port: 1 })]
    expect(errorOf(await client.request(METHOD.createPermission, both))).toBe(403)
    client.sendTo(peer.endpoint, 'hello')
    await until('the drop', () => server.counters.refusals['no-permission'] === 1)
  })

  test('Refresh for a family that the allocation has not', async () => {
    const client = await openClient(await startServer())
    await client.allocate()
    expect(errorOf(await client.request(METHOD.refresh, [attribute(ATTRIBUTE.requestedAddressFamily, 2, 0, 0, 0)]))).toBe(443)
  })

  test('unknown methods, indications and answers are not answered, an unknown attribute of Binding is', async () => {
    const server = await startServer()
    const client = await openClient(server, { user: null })
    for (const [method, kind] of [[0x0ff, CLASS.request], [METHOD.binding, CLASS.indication], [METHOD.allocate, CLASS.success]] as const) {
      client.write(writeMessage(method, kind, randomBytes(12), []))
    }
    expect(errorOf(await client.request(METHOD.binding, [attribute(0x0024, 0, 0, 0, 1)]))).toBe(420)
    expect(client.raw.length).toBe(1)
  })
})

describe.skipIf(!ipv6)(ipv6 ? 'IPv6' : 'IPv6 (this machine has no ::1)', () => {
  test.each(['udp', 'tcp'] as const)('a client that comes by IPv6 and %s relays to an IPv6 peer', async (transport) => {
    const server = await startServer({ host: '::1' })
    const [client, peer] = [await openClient(server, { host: '::1', transport }), await openPeer('::1')]
    const answer = await client.request(METHOD.allocate, [udpTransport(), { type: ATTRIBUTE.requestedAddressFamily, value: Buffer.from([2, 0, 0, 0]) }])
    expect(relayedOf(answer).address).toBe('::1')
    const bind = client.signed(METHOD.channelBind, [channelAttribute(0x4000), peerAttribute(peer.endpoint)], Buffer.alloc(12))
    expect((await client.exchange(bind)).class).toBe(CLASS.success)
    client.sendOn(0x4000, 'hello')
    expect(await client.receives('HELLO')).toEqual({ data: 'HELLO', channel: 0x4000 })
  })

  test('an allocation may have both families, and give up one of them', async () => {
    const server = await startServer({ host: undefined })
    const client = await openClient(server)
    const answer = await client.request(METHOD.allocate, [udpTransport(), { type: ATTRIBUTE.additionalAddressFamily, value: Buffer.from([2, 0, 0, 0]) }])
    expect([relayedOf(answer, false).address.includes(':'), relayedOf(answer, true).address.includes(':')]).toEqual([false, true])
    const family = (number: number) => ({ type: ATTRIBUTE.requestedAddressFamily, value: Buffer.from([number, 0, 0, 0]) })
    const end = (number: number) => client.request(METHOD.refresh, [{ type: ATTRIBUTE.lifetime, value: Buffer.alloc(4) }, family(number)])
    expect((await end(2)).class).toBe(CLASS.success)
    expect(errorOf(await end(2))).toBe(443)
    expect(server.counters.allocations.live).toBe(1)
    expect((await end(1)).class).toBe(CLASS.success)
    expect(server.counters.allocations.live).toBe(0)
  })

  test('the additional family is told to be missing where there is none', async () => {
    const client = await openClient(await startServer())
    const answer = await client.request(METHOD.allocate, [udpTransport(), { type: ATTRIBUTE.additionalAddressFamily, value: Buffer.from([2, 0, 0, 0]) }])
    expect(answer.class).toBe(CLASS.success)
    expect([...attributeOf(answer, ATTRIBUTE.addressErrorCode)!.subarray(0, 4)]).toEqual([2, 0, 4, 40])
  })
})

test('behind a router that translates addresses, the public one is told, and two clients meet at it', async () => {
  const server = await startServer({ allowPeers: [], publicAddresses: ['198.51.100.7'] })
  const [ann, bob] = [await openClient(server), await openClient(server, { user: 'bob' })]
  const [atAnn, atBob] = [await ann.allocate(), await bob.allocate()]
  expect([atAnn.address, atBob.address]).toEqual(['198.51.100.7', '198.51.100.7'])
  expect((await ann.permit(atBob)).class).toBe(CLASS.success)
  await bob.permit(atAnn)
  ann.sendTo(atBob, 'hello')
  expect(await bob.receives('hello')).toEqual({ data: 'hello', peer: atAnn })
})

test('every answer is a message that the codec reads', async () => {
  const client = await openClient(await startServer())
  await client.allocate()
  await client.refresh(600)
  for (const bytes of client.raw) expect(parseMessage(bytes)).toBeDefined()
})
