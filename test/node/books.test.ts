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
