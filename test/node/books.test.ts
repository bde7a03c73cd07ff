import { describe, expect, test } from 'vitest'
import { PeerBook } from '../../src/node/peer-book.ts'
import { RelayBook } from '../../src/node/relay-book.ts'
import type { TextStorage } from '../../src/node/relay-book.ts'
import type { PeerKey } from '../../src/wire/message.ts'

const ID = '12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt'
const relay = (port: number): string => `/ip4/127.0.0.1/tcp/${port}/ws/p2p/${ID}`

function memory(initial: Record<string, string> = {}): TextStorage {
  const map = new Map(Object.entries(initial))
  return { get: (key) => map.get(key) ?? null, set: (key, value) => { map.set(key, value) } }
}

describe('relay book', () => {
  test('given relays come first, then those that worked, the latest before the others', () => {
    const storage = memory()
    let now = 1
    const first = new RelayBook([], storage, () => now++)
    first.worked(relay(1))
    first.worked(relay(2))
    expect(new RelayBook([relay(3)], storage).candidates()).toEqual([relay(3), relay(2), relay(1)])
  })

  test('a remembered relay is forgotten at the fifth failure in a row', () => {
    const book = new RelayBook([], memory())
    book.worked(relay(1))
    for (let i = 0; i < 4; i++) book.failed(relay(1))
    expect(book.candidates()).toEqual([relay(1)])
    book.failed(relay(1))
    expect(book.candidates()).toEqual([])
  })

  test('at most eight are remembered', () => {
    const book = new RelayBook([], memory())
    for (let i = 1; i <= 9; i++) book.worked(relay(i))
    expect(book.candidates()).toHaveLength(8)
    expect(book.candidates()).not.toContain(relay(1))
  })

  test('what worked comes before what was given and does not', () => {
    const book = new RelayBook([relay(1), relay(2)], memory())
    book.worked(relay(3))
    book.failed(relay(1))
    expect(book.candidates()).toEqual([relay(2), relay(3), relay(1)])
    book.worked(relay(1))
    expect(book.candidates()[0]).toBe(relay(1))
  })

  test('without a network nothing is forgotten, and hearsay neither', () => {
    const storage = memory()
    const book = new RelayBook([], storage)
    book.worked(relay(1))
    book.hint(relay(2))
    for (let i = 0; i < 40; i++) for (const each of [relay(1), relay(2)]) book.failed(each, false)
    expect(book.candidates().toSorted()).toEqual([relay(1), relay(2)])
    expect(new RelayBook([], storage).candidates()).toEqual([relay(1)])
    book.failed(relay(1))
    expect(book.candidates()).toEqual([relay(2)])
  })

  test('how a relay served us is remembered for the next visit', () => {
    const storage = memory()
    const first = new RelayBook([], storage)
    for (const port of [1, 2, 3]) first.worked(relay(port))
    first.served(relay(1), { connectMs: 20 })
    first.served(relay(2), { connectMs: 2_000 })
    first.served(relay(3), { connectMs: 10, reserved: false })
    expect(new RelayBook([], storage).candidates()).toEqual([relay(1), relay(2), relay(3)])
  })

  test('what an earlier version stored is read', () => {
    const storage = memory({ 'parley:relays': JSON.stringify([{ address: relay(2), at: 2, failures: 0 }, { address: relay(1), at: 1, failures: 0 }]) })
    expect(new RelayBook([], storage).candidates()).toEqual([relay(2), relay(1)])
  })

  test.each(['not json', '{}', '[1]', '[{"address":"x","at":1,"failures":0}]', 'null'])('stored rubbish %j counts as nothing', (text) => {
    expect(new RelayBook([relay(1)], memory({ 'parley:relays': text })).candidates()).toEqual([relay(1)])
  })
})

describe('peer book', () => {
  test('people are remembered by room, the latest first', () => {
    const book = new PeerBook(memory())
    book.remember('room', 'a' as PeerKey, ['/x'])
    book.remember('room', 'b' as PeerKey, ['/y'])
    book.remember('other', 'c' as PeerKey, ['/z'])
    expect(book.of('room').map((hint) => hint.peer)).toEqual(['b', 'a'])
  })

  test('a peer without addresses is not worth remembering', () => {
    const book = new PeerBook(memory())
    book.remember('room', 'a' as PeerKey, [])
    expect(book.of('room')).toEqual([])
  })

  test.each(['not json', '{}', '[["room",[["a",[1]]]]]', '[["room",7]]'])('stored rubbish %j counts as nothing', (text) => {
    expect(new PeerBook(memory({ 'parley:peers': text })).of('room')).toEqual([])
  })
})
