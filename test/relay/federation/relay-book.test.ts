import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { expect, test } from 'vitest'
import { RelayBook } from '../../../relay/federation/relay-book.ts'

const DAY_MS = 86_400_000

async function peers(count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519')).toString()))
}

const at = (peer: string, port = 1): string[] => [`/ip4/192.0.2.1/tcp/${port}/p2p/${peer}`]

test('what was written is read again', async () => {
  const [peer = ''] = await peers(1)
  const book = RelayBook.empty.met(peer, at(peer), true, 5)
  expect(RelayBook.read(book.write()).relays).toEqual(book.relays)
})

test('what cannot be read counts as nothing, and one bad entry harms no other', async () => {
  const [peer = ''] = await peers(1)
  const good = { peer, addresses: at(peer), seen: 1, proven: true, failures: 0 }
  const bad = [null, 1, {}, { ...good, addresses: [] }, { ...good, addresses: ['/ip4/1.2.3.4/tcp/1'] }, { ...good, peer: 'nobody' }, { ...good, seen: 'now' }]
  expect(RelayBook.read(undefined).relays).toEqual([])
  expect(RelayBook.read(new TextEncoder().encode('{"half')).relays).toEqual([])
  expect(RelayBook.read(new TextEncoder().encode(JSON.stringify([...bad, good]))).relays).toEqual([good])
})

test('the first to be tried is one that did not fail, that we reached ourselves, and that was met last', async () => {
  const [failed = '', told = '', old = '', recent = ''] = await peers(4)
  const book = RelayBook.empty.met(failed, at(failed), true, 9).met(told, at(told), false, 8).met(old, at(old), true, 1).met(recent, at(recent), true, 2)
    .failed(failed, 10)
  expect(book.candidates(10).map(({ peer }) => peer)).toEqual([recent, old, told, failed])
})

test('where we reached a relay is not replaced by what it says of itself', async () => {
  const [peer = ''] = await peers(1)
  const book = RelayBook.empty.met(peer, at(peer, 1), true, 1).met(peer, at(peer, 666), false, 2)
  expect(book.relays).toMatchObject([{ addresses: at(peer, 1), proven: true, seen: 2 }])
})

test('relays that are known by their own words only crowd out no others', async () => {
  const [ours = [], theirs = []] = [await peers(64), await peers(40)]
  let book = RelayBook.empty
  for (const peer of ours.slice(0, 50)) book = book.met(peer, at(peer), true, 1)
  for (const peer of theirs) book = book.met(peer, at(peer), false, 2)
  expect(book.relays.filter(({ proven }) => proven)).toHaveLength(50)
  expect(book.relays.filter(({ proven }) => !proven)).toHaveLength(14)
  expect(theirs.reduce((all, peer) => all.met(peer, at(peer), false, 1), RelayBook.empty).relays).toHaveLength(16)
  expect(ours.concat(theirs).reduce((all, peer) => all.met(peer, at(peer), true, 1), RelayBook.empty).relays).toHaveLength(64)
})

test('a relay that was not met for a month is forgotten', async () => {
  const [peer = ''] = await peers(1)
  const book = RelayBook.empty.met(peer, at(peer), true, 0)
  expect(book.candidates(30 * DAY_MS - 1)).toHaveLength(1)
  expect(book.candidates(30 * DAY_MS)).toEqual([])
})
