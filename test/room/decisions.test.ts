import { describe, expect, test, vi } from 'vitest'
import { isPolite } from '../../src/room/politeness.ts'
import {
  INTERRUPTED_LIMIT_MS, isGone, isReplaceable, UNCONNECTED_LIMIT_MS, UNPROVEN_LIMIT_MS,
} from '../../src/room/presence-policy.ts'
import type { Presence } from '../../src/room/presence-policy.ts'
import { Doorman } from '../../src/room/rate-limit.ts'
import { TokenBucket } from '../../src/util/token-bucket.ts'
import { readLinkRequest } from '../../src/room/link-request.ts'
import { createSettings } from '../../src/room/settings.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { SECRET } from './party.ts'

const FRESH: Presence = {
  phase: 'connecting', wasConnected: false, ageMs: 0, brokenMs: 0, silentMs: 0, heard: 1,
}

test('of two peers exactly one is polite', () => {
  const [ada, bob] = [peerKey('ada'), peerKey('bob')]
  expect([isPolite(ada, bob), isPolite(bob, ada)]).toEqual([true, false])
})

describe('presence', () => {
  const after = (ms: number): Partial<Presence> => ({ brokenMs: ms, silentMs: ms, ageMs: ms })

  test.each<[string, Partial<Presence>, boolean]>([
    ['connected, however silent', { phase: 'connected', ...after(1e9) }, false],
    ['closed', { phase: 'closed' }, true],
    ['interrupted for the limit', { phase: 'interrupted', wasConnected: true, ...after(INTERRUPTED_LIMIT_MS) }, false],
    ['interrupted beyond it', { phase: 'interrupted', wasConnected: true, ...after(INTERRUPTED_LIMIT_MS + 1) }, true],
    ['interrupted but heard lately', { phase: 'interrupted', wasConnected: true, brokenMs: 1e9, silentMs: 0 }, false],
    ['rebuilding beyond the limit', { phase: 'connecting', wasConnected: true, ...after(INTERRUPTED_LIMIT_MS + 1) }, true],
    ['heard once, for the limit', after(UNPROVEN_LIMIT_MS), false],
    ['heard once, beyond it', after(UNPROVEN_LIMIT_MS + 1), true],
    ['heard twice, beyond that', { heard: 2, ...after(UNPROVEN_LIMIT_MS + 1) }, false],
    ['heard twice, beyond its own limit', { heard: 2, ...after(UNCONNECTED_LIMIT_MS + 1) }, true],
  ])('%s: gone is decided', (_what, facts, gone) => {
    expect(isGone({ ...FRESH, ...facts })).toBe(gone)
  })

  test('only somebody who has never been connected is replaceable', () => {
    expect(isReplaceable({ ...FRESH, ageMs: UNPROVEN_LIMIT_MS + 1 })).toBe(true)
    expect(isReplaceable({ ...FRESH, ageMs: UNPROVEN_LIMIT_MS })).toBe(false)
    expect(isReplaceable({ ...FRESH, ageMs: 1e9, wasConnected: true })).toBe(false)
  })
})

describe('rates', () => {
  test('a bucket gives its burst, then its rate, and tells how long to wait', () => {
    const bucket = new TokenBucket({ perSecond: 2, burst: 3 }, 0)
    expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false])
    expect(bucket.waitMs(1, 0)).toBe(500)
    expect([bucket.take(1, 499), bucket.take(1, 500), bucket.take(1, 500)]).toEqual([false, true, false])
  })

  test('a clock that is set back neither gives nor takes', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 10_000)
    expect([bucket.take(1, 0), bucket.take(1, 500), bucket.take(1, 1_000)]).toEqual([true, false, true])
  })

  test('the doorman counts what is dropped, bans once, and keeps the peers apart', () => {
    const doorman = new Doorman<string>()
    const flood = Array.from({ length: 2_000 }, () => doorman.admit('mallory', 0))
    expect(flood.filter((each) => each === 'admitted')).toHaveLength(60)
    expect(flood.filter((each) => each === 'banned')).toHaveLength(1)
    expect(doorman.dropped).toBe(1_940)
    expect(doorman.admit('mallory', 1e9)).toBe('dropped')
    expect(doorman.admit('ada', 0)).toBe('admitted')
  })

  test('a thousand peers do not make it forget one who keeps talking', () => {
    const doorman = new Doorman<string>()
    for (let count = 0; count < 1_000; count += 1) {
      doorman.admit(`sybil ${count}`, 0)
      doorman.admit('mallory', 0)
    }
    expect(doorman.admit('mallory', 0)).toBe('dropped')
  })
})

describe('the link', () => {
  test('asks for a room, its secret, peers and relays', () => {
    const relay = '/dns4/relay.test/tcp/443/wss'
    expect(readLinkRequest(`#/garden/${SECRET}?relay=${encodeURIComponent(relay)}&name=Ada&join=now`)).toEqual({
      topic: 'garden', secret: SECRET, relays: [relay], peers: [], name: 'Ada', joinNow: true, error: null,
    })
  })

  test.each([
    ['#garden', 'link-malformed'],
    ['#/garden?x=1', 'link-unknown-parameter'],
    ['#/garden/short?join=now', 'secret-malformed'],
    ['#/garden?relay=nonsense', 'address-malformed'],
    ['#/%00', 'topic-unprintable'],
  ])('%s is folded into %s, and nothing of it is used', (hash, error) => {
    expect(readLinkRequest(hash)).toEqual({ topic: '', secret: '', relays: [], peers: [], name: '', joinNow: false, error })
  })
})

describe('settings', () => {
  test('the name is cleaned when it is read and when it is set, and kept', () => {
    const stored = new Map([['parley:name', ' Ada\u202e \n']])
    const storage = { get: (key: string) => stored.get(key) ?? null, set: vi.fn((key: string, value: string) => { stored.set(key, value) }) }
    const settings = createSettings(storage)
    expect(settings.name.value).toBe('Ada')
    settings.setName('  Ada  Lovelace ')
    expect(settings.name.value).toBe('Ada Lovelace')
    expect(createSettings(storage).name.value).toBe('Ada Lovelace')
    settings.setName('Ada Lovelace ')
    expect(storage.set).toHaveBeenCalledTimes(1)
  })
})
