import { identify } from '@libp2p/identify'
import type { Libp2p, PrivateKey } from '@libp2p/interface'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'
import { expect, onTestFinished, test } from 'vitest'
import { connectionEncrypters, dhtOptions, streamMuxers } from '../../../src/node/shared-options.ts'
import { startRelay, tcpAddress, until } from '../clients.ts'
import type { TestRelay } from '../clients.ts'
import { field, honestPair, names, newcomerGetsSlot, refused, startAttacker } from './attackers.ts'
import type { Attacker } from './attackers.ts'

const ADD_PROVIDER = 2
const FIND_NODE = 4
const PUT_VALUE = 0

async function cidOf(text: string): Promise<CID> {
  return CID.createV1(raw.code, await sha256.digest(new TextEncoder().encode(text)))
}

/** A client of the relay's DHT, as a browser is one. */
async function startLookup(relay: TestRelay, from: string, privateKey?: PrivateKey): Promise<Libp2p> {
  const node = await createLibp2p({
    ...(privateKey && { privateKey }),
    addresses: { announce: [`/ip4/${from}/tcp/4001`] },
    transports: [tcp({ dialOpts: { localAddress: from } as object })],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    services: { identify: identify(), ping: ping(), dht: dhtOptions({ protocol: names.dht, clientMode: true, publicOnly: false }) }
  })
  onTestFinished(async () => { await node.stop() })
  await node.handle(names.drain, (stream) => stream.abort(new Error('not listened to here')))
  await node.dial(multiaddr(tcpAddress(relay)))
  return node
}

/** A request with the peer's own id and address in it, as a DHT client would send it. */
function request(type: number, key: Uint8Array, { id }: Attacker, addresses = ['/ip4/127.0.0.66/tcp/4001']): Uint8Array {
  const provider = [...field(1, [...id.toMultihash().bytes]), ...addresses.flatMap((each) => field(2, [...multiaddr(each).bytes]))]
  return Uint8Array.from([...field(1, type), ...field(2, [...key]), ...field(9, provider)])
}

async function send(attacker: Attacker, message: Uint8Array): Promise<void> {
  const stream = await attacker.open(names.dht)
  await lpStream(stream).write(message, { signal: AbortSignal.timeout(10_000) })
  await stream.close()
}

async function providersOf(node: Libp2p, cid: CID): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of node.contentRouting.findProviders(cid, { signal: AbortSignal.timeout(10_000) })) found.push(id.toString())
  return found
}

test('ghosts of one address do not hide who else provides a key', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const cid = await cidOf('a room')
  const honest = await startLookup(relay, '127.0.0.5')
  await honest.contentRouting.provide(cid)
  for (let ghost = 0; ghost < 30; ghost++) {
    const attacker = await startAttacker(relay)
    await send(attacker, request(ADD_PROVIDER, cid.bytes, attacker))
  }
  await until(() => expect(refused(relay, 'provider-evicted')).toBeGreaterThanOrEqual(18))
  const found = await providersOf(await startLookup(relay, '127.0.0.6'), cid)
  expect(found).toHaveLength(13)
  expect(found).toContain(honest.peerId.toString())
  await talk()
})

test('what one peer files for very many keys stays within its share, and it is stopped', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  for (let key = 0; attacker.isConnected(); key++) {
    const cid = await cidOf(`key ${key}`)
    await send(attacker, request(ADD_PROVIDER, cid.bytes, attacker)).catch(() => undefined)
  }
  // 32, and those of the relay itself for the room of the honest pair.
  expect(relay.libp2p.services.limits.sizes.records).toBeLessThanOrEqual(40)
  expect(refused(relay, 'dht-rate')).toBeGreaterThan(200)
  await talk()
  await newcomerGetsSlot(relay)
})

test('questions that come too fast end with the connection, also many on one stream', async () => {
  const relay = await startRelay()
  const { talk } = await honestPair(relay)
  const attacker = await startAttacker(relay)
  const question = request(FIND_NODE, attacker.id.toMultihash().bytes, attacker)
  await until(async () => {
    const stream = await attacker.open(names.dht)
    const messages = lpStream(stream)
    for (let turn = 0; turn < 1_000; turn++) await messages.write(question, { signal: AbortSignal.timeout(10_000) })
  }).catch(() => undefined)
  await until(() => expect(refused(relay, 'dht-rate')).toBeGreaterThan(0))
  await talk()
  await newcomerGetsSlot(relay)
})

test('values are not kept', async () => {
  const relay = await startRelay()
  const attacker = await startAttacker(relay)
  const key = [...new TextEncoder().encode('/pk/'), ...attacker.id.toMultihash().bytes]
  const publicKey = [...field(1, 1), ...field(2, [...attacker.node.peerId.publicKey?.raw ?? []])]
  const record = [...field(1, key), ...field(2, publicKey), ...field(5, [...new TextEncoder().encode(new Date().toISOString())])]
  await send(attacker, Uint8Array.from([...field(1, PUT_VALUE), ...field(2, key), ...field(3, record)]))
  await until(() => expect(refused(relay, 'dht-value')).toBe(1))
})

test('a provider that the relay has forgotten hides nobody', async () => {
  const relay = await startRelay()
  const cid = await cidOf('a room')
  const [gone, here] = [await startLookup(relay, '127.0.0.4'), await startLookup(relay, '127.0.0.5')]
  await gone.contentRouting.provide(cid)
  await here.contentRouting.provide(cid)
  await gone.stop()
  await until(() => expect(relay.libp2p.getConnections(gone.peerId)).toHaveLength(0))
  await relay.libp2p.peerStore.delete(gone.peerId)
  expect(await providersOf(await startLookup(relay, '127.0.0.6'), cid)).toEqual([here.peerId.toString()])
})

test('addresses that cannot be read are not kept, and break no answer', async () => {
  const relay = await startRelay()
  const cid = await cidOf('a room')
  const attacker = await startAttacker(relay)
  const honest = await startLookup(relay, '127.0.0.5')
  await honest.contentRouting.provide(cid)
  await send(attacker, request(ADD_PROVIDER, cid.bytes, attacker, ['/unix/tmp%2Fx', '/memory/1', '/ip4/127.0.0.66/tcp/4001']))
  await until(() => expect(relay.libp2p.services.limits.sizes.records).toBe(2))
  const found = await providersOf(await startLookup(relay, '127.0.0.6'), cid)
  expect(found.toSorted()).toEqual([attacker.id, honest.peerId].map(String).toSorted())
  const { addresses } = await relay.libp2p.peerStore.get(attacker.id)
  expect(addresses.map(({ multiaddr: address }) => address.toString())).toEqual(['/ip4/127.0.0.66/tcp/4001'])
})
