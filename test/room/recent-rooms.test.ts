import { describe, expect, test } from 'vitest'
import { createRecentRooms, MAX_RECENT } from '../../src/room/recent-rooms.ts'

const SECRET = 'AAAAAAAAAAAAAAAAAAAAAA'
const KEY = 'parley:recent'

function storageOf(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries))
  return { map, get: (key: string) => map.get(key) ?? null, set: (key: string, value: string) => void map.set(key, value) }
}

function at(storage: ReturnType<typeof storageOf>) {
  let now = 0
  return createRecentRooms(storage, () => ++now)
}

describe('recent calls', () => {
  test('are kept for the next visit, newest first, each once', () => {
    const storage = storageOf()
    const recent = at(storage)
    recent.add({ topic: 'tea', secret: '' })
    recent.add({ topic: 'tea', secret: SECRET })
    recent.add({ topic: 'tea', secret: '' })
    const expected = [{ topic: 'tea', secret: '', at: 3 }, { topic: 'tea', secret: SECRET, at: 2 }]
    expect(recent.rooms.value).toEqual(expected)
    expect(createRecentRooms(storage).rooms.value).toEqual(expected)
  })

  test(`are ${MAX_RECENT} at most`, () => {
    const recent = at(storageOf())
    for (let count = 0; count <= MAX_RECENT; count += 1) recent.add({ topic: `call-${count}`, secret: '' })
    expect(recent.rooms.value).toHaveLength(MAX_RECENT)
    expect(recent.rooms.value.at(-1)?.topic).toBe('call-1')
  })

  test('are forgotten one by one, or all', () => {
    const storage = storageOf()
    const recent = at(storage)
    for (const topic of ['tea', 'choir', 'team']) recent.add({ topic, secret: SECRET })
    recent.forget({ topic: 'choir', secret: SECRET, at: 0 })
    expect(recent.rooms.value.map(({ topic }) => topic)).toEqual(['team', 'tea'])
    recent.forgetAll()
    expect(recent.rooms.value).toEqual([])
    expect(storage.map.get(KEY)).not.toContain(SECRET)
  })

  test('are not kept by those who do not want it, and what was kept is gone', () => {
    const storage = storageOf()
    const recent = at(storage)
    recent.add({ topic: 'tea', secret: SECRET })
    recent.setRemembers(false)
    recent.add({ topic: 'choir', secret: SECRET })
    expect(recent.rooms.value).toEqual([])
    expect(storage.map.get(KEY)).toBe('[]')
    expect(createRecentRooms(storage).remembers.value).toBe(false)
  })

  test('of two tabs do not overwrite each other', () => {
    const storage = storageOf()
    const [one, other] = [at(storage), at(storage)]
    one.add({ topic: 'tea', secret: '' })
    other.add({ topic: 'choir', secret: '' })
    one.reload()
    expect(one.rooms.value.map(({ topic }) => topic)).toEqual(['choir', 'tea'])
  })

  test.each([
    'no JSON', '{}', 'null', '[null]', '["tea"]', '[{"topic":"tea"}]', '[{"topic":5,"secret":"","at":1}]',
    '[{"topic":"Not Normal","secret":"","at":1}]', '[{"topic":"tea","secret":"short","at":1}]', '[{"topic":"","secret":"","at":1}]',
  ])('are none when the storage holds %s', (text) => {
    expect(createRecentRooms(storageOf({ [KEY]: text })).rooms.value).toEqual([])
  })
})
