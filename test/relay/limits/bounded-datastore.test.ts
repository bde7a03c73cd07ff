import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { MemoryDatastore } from 'datastore-core'
import { Key } from 'interface-datastore'
import type { Datastore } from 'interface-datastore'
import { expect, test } from 'vitest'
import { BoundedDatastore } from '../../../relay/limits/bounded-datastore.ts'
import type { BoundedDatastoreOptions } from '../../../relay/limits/bounded-datastore.ts'
import { DHT_DATASTORE_PREFIX } from '../../../src/node/shared-options.ts'

const PROVIDERS = `${DHT_DATASTORE_PREFIX}/provider`
const VALIDITY_MS = 60_000

async function peers(count: number): Promise<PeerId[]> {
  return Promise.all(Array.from({ length: count }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))))
}

async function store(options: Partial<BoundedDatastoreOptions> = {}, inner = new MemoryDatastore()) {
  const [self] = await peers(1)
  const refused: string[] = []
  const datastore = new BoundedDatastore(inner, {
    self: self as PeerId,
    providers: { total: 1_000, perKey: 20, perKeyAndBlock: 12, perBlock: 500 },
    recordsOf: () => 10,
    blockOf: () => 'one',
    validityMs: VALIDITY_MS,
    peers: 50,
    peerBytes: 100,
    isConnected: () => false,
    refused: (cause) => refused.push(cause),
    ...options
  })
  await datastore.beforeStart()
  return { datastore, inner, refused }
}

const peerKey = (peer: PeerId): Key => new Key(`/peers/${peer.toCID()}`)
const recordKey = (cid: string, peer: PeerId): Key => new Key(`${PROVIDERS}/${cid}/${peer}`)

function filed(time: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = time; rest > 0; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + (rest >= 128 ? 128 : 0))
  return Uint8Array.from(bytes)
}

async function providersOf(datastore: BoundedDatastore, cid: string): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of datastore.query({ prefix: `${PROVIDERS}/${cid}` })) found.push(key.toString().split('/').at(-1) ?? '')
  return found
}

async function keysIn(inner: Pick<Datastore, 'queryKeys'>, prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const key of inner.queryKeys({ prefix })) found.push(key.toString())
  return found
}

test('of ten thousand identities that come and go as many stay as may, and the connected ones are among them', async () => {
  const connected = await peers(20)
  const { datastore, inner } = await store({ isConnected: (peer) => connected.some((each) => each.equals(peer)) })
  for (const peer of connected) await datastore.put(peerKey(peer), new Uint8Array(10))
  const passing = await peers(500)
  for (let index = 0; index < 10_000; index++) {
    const peer = passing[index % 500] as PeerId
    await datastore.put(peerKey(peer), new Uint8Array(10))
  }
  expect(datastore.sizes.peers).toBe(50)
  const kept = await keysIn(inner, '/peers/')
  expect(kept).toHaveLength(50)
  for (const peer of connected) expect(kept).toContain(peerKey(peer).toString())
})

test('what is too long to be remembered about a peer is refused', async () => {
  const { datastore, refused } = await store()
  const [peer] = await peers(1)
  await datastore.put(peerKey(peer as PeerId), new Uint8Array(100))
  await expect(datastore.put(peerKey(peer as PeerId), new Uint8Array(101))).rejects.toThrow()
  expect(refused).toEqual(['peer-oversized'])
})

test('a provider that is no longer remembered is not told, and hides nobody', async () => {
  const { datastore } = await store()
  const [gone, here] = await peers(2) as [PeerId, PeerId]
  for (const peer of [gone, here]) {
    await datastore.put(recordKey('key', peer), filed(Date.now()))
    await datastore.put(peerKey(peer), new Uint8Array(10))
  }
  expect(await providersOf(datastore, 'key')).toEqual([here, gone].map(String))
  await datastore.delete(peerKey(gone))
  expect(await providersOf(datastore, 'key')).toEqual([String(here)])
})

test('an expired record is not told, and is there for the sweep', async () => {
  const { datastore, inner } = await store()
  const [peer] = await peers(1) as [PeerId]
  await datastore.put(peerKey(peer), new Uint8Array(10))
  await datastore.put(recordKey('key', peer), filed(Date.now() - VALIDITY_MS - 1))
  expect(await providersOf(datastore, 'key')).toEqual([])
  expect((await keysIn(datastore, PROVIDERS)).length).toBe(1)
  await datastore.delete(recordKey('key', peer))
  expect(await keysIn(inner, PROVIDERS)).toEqual([])
})

test('values are refused', async () => {
  const { datastore, inner, refused } = await store()
  await expect(datastore.put(new Key(`${DHT_DATASTORE_PREFIX}/record/abc`), new Uint8Array(1))).rejects.toThrow()
  expect(refused).toEqual(['dht-value'])
  expect(await keysIn(inner, DHT_DATASTORE_PREFIX)).toEqual([])
})

test('what one peer files for many keys stays within its share, in memory and below', async () => {
  const { datastore, inner } = await store()
  const [peer] = await peers(1) as [PeerId]
  for (let key = 0; key < 100; key++) await datastore.put(recordKey(`key${key}`, peer), filed(Date.now()))
  expect(datastore.sizes.records).toBe(10)
  expect(await keysIn(inner, PROVIDERS)).toHaveLength(10)
})

test('counts are taken up again on opening, expired records go, and what is beyond the limits goes', async () => {
  const inner = new MemoryDatastore()
  const [stale, ...some] = await peers(30) as [PeerId, ...PeerId[]]
  inner.put(recordKey('key', stale), filed(Date.now() - VALIDITY_MS - 1))
  for (const peer of some) {
    inner.put(recordKey('key', peer), filed(Date.now()))
    inner.put(peerKey(peer), new Uint8Array(10))
  }
  const { datastore } = await store({ peers: 25 }, inner)
  expect(datastore.sizes).toEqual({ records: 20, peers: 25 })
  expect(await keysIn(inner, PROVIDERS)).toHaveLength(20)
  expect(await keysIn(inner, '/peers/')).toHaveLength(25)
})

test('everything else passes', async () => {
  const { datastore } = await store()
  await datastore.put(new Key('/self'), Uint8Array.of(7))
  expect(await datastore.has(new Key('/self'))).toBe(true)
  expect(await datastore.get(new Key('/self'))).toEqual(Uint8Array.of(7))
  expect(await keysIn(datastore, '/')).toEqual(['/self'])
  await datastore.delete(new Key('/self'))
  expect(await datastore.has(new Key('/self'))).toBe(false)
})
