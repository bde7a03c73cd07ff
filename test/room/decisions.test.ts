import { describe, expect, test, vi } from 'vitest'
import { isPolite } from '../../src/room/politeness.ts'
import {
  AWAY_AFTER_MS, GONE_AFTER_MS, isReplaceable, isUnreachable, outageOf, standingOf, UNCONNECTED_LIMIT_MS, UNPROVEN_LIMIT_MS,
  UNREACHABLE_AFTER_MS,
} from '../../src/room/presence-policy.ts'
import type { Presence, Standing } from '../../src/room/presence-policy.ts'
import type { Outage } from '../../src/room/views.ts'
import { Doorman } from '../../src/room/rate-limit.ts'
import { TokenBucket } from '../../src/util/token-bucket.ts'
import { readLinkRequest } from '../../src/room/link-request.ts'
import { createSettings } from '../../src/room/settings.ts'
import { peerKey } from '../fakes/fake-network.ts'
import { SECRET } from './party.ts'

const FRESH: Presence = {
  phase: 'connecting', wasConnected: false, ageMs: 0, brokenMs: 0, talkingMs: 0, silentMs: 0, heard: 1,
}

test('of two peers exactly one is polite', () => {
  const [ada, bob] = [peerKey('ada'), peerKey('bob')]
  expect([isPolite(ada, bob), isPolite(bob, ada)]).toEqual([true, false])
})

describe('presence', () => {
  const after = (ms: number): Partial<Presence> => ({ brokenMs: ms, silentMs: ms, ageMs: ms })
  const broken = (ms: number): Partial<Presence> => ({ phase: 'interrupted', wasConnected: true, ...after(ms) })

  test.each<[string, Partial<Presence>, Standing]>([
    ['connected, however silent', { phase: 'connected', ...after(1e9) }, 'here'],
    ['closed', { phase: 'closed' }, 'gone'],
    ['interrupted for the limit', broken(AWAY_AFTER_MS), 'here'],
    ['interrupted beyond it', broken(AWAY_AFTER_MS + 1), 'away'],
    ['rebuilding beyond the limit', { ...broken(AWAY_AFTER_MS + 1), phase: 'connecting' }, 'away'],
    ['interrupted and kept', broken(GONE_AFTER_MS), 'away'],
    ['interrupted for good', broken(GONE_AFTER_MS + 1), 'gone'],
    ['interrupted but heard lately', { ...broken(1e9), silentMs: 0 }, 'here'],
    ['interrupted but heard a hello ago', { ...broken(1e9), silentMs: UNCONNECTED_LIMIT_MS }, 'here'],
    ['interrupted and last heard beyond that', { ...broken(1e9), silentMs: UNCONNECTED_LIMIT_MS + 1 }, 'away'],
    ['heard before it broke only', { ...broken(AWAY_AFTER_MS + 1), silentMs: AWAY_AFTER_MS + 2 }, 'away'],
    ['heard once, for the limit', after(UNPROVEN_LIMIT_MS), 'here'],
    ['heard once, beyond it', after(UNPROVEN_LIMIT_MS + 1), 'gone'],
    ['heard twice, beyond that', { heard: 2, ...after(UNPROVEN_LIMIT_MS + 1) }, 'here'],
    ['heard twice, beyond its own limit', { heard: 2, ...after(UNCONNECTED_LIMIT_MS + 1) }, 'gone'],
  ])('%s: where somebody stands is decided', (_what, facts, standing) => {
    expect(standingOf({ ...FRESH, ...facts }, false)).toBe(standing)
  })

  test('while we are cut off ourselves, everybody is kept, and nobody for ever', () => {
    expect(standingOf({ ...FRESH, ...broken(GONE_AFTER_MS) }, true)).toBe('here')
    expect(standingOf({ ...FRESH, ...broken(GONE_AFTER_MS + 1) }, true)).toBe('gone')
    expect(standingOf({ ...FRESH, ...after(GONE_AFTER_MS) }, true)).toBe('here')
    expect(standingOf({ ...FRESH, ...after(GONE_AFTER_MS + 1) }, true)).toBe('gone')
  })

  test.each<[string, Partial<Presence>, boolean]>([
    ['connected', { phase: 'connected', wasConnected: true, heard: 9, ...after(1e6) }, false],
    ['broken, and heard since, for a while', { ...broken(1e6), talkingMs: UNREACHABLE_AFTER_MS, silentMs: 1 }, false],
    ['broken, and heard since, for longer', { ...broken(1e6), talkingMs: UNREACHABLE_AFTER_MS + 1, silentMs: 1 }, true],
    ['broken, heard since, and silent again', { ...broken(1e6), talkingMs: 1e5, silentMs: UNCONNECTED_LIMIT_MS + 1 }, false],
    ['broken, and not heard since', broken(UNREACHABLE_AFTER_MS + 1), false],
    ['never up, for a while', { heard: 3, ageMs: UNREACHABLE_AFTER_MS }, false],
    ['never up, for longer', { heard: 3, ageMs: UNREACHABLE_AFTER_MS + 1 }, true],
    ['never up, and heard only once', { ageMs: UNREACHABLE_AFTER_MS + 1 }, false],
    ['never up, and silent', { heard: 3, ageMs: 1e6, silentMs: UNCONNECTED_LIMIT_MS + 1 }, false],
  ])('%s: whether somebody is there but cannot be reached is decided', (_what, facts, unreachable) => {
    expect(isUnreachable({ ...FRESH, ...facts })).toBe(unreachable)
  })

  test('nobody can be reached when every connection that was up is broken, since the last one broke', () => {
    const outage = (...facts: Partial<Presence>[]): Outage | null =>
      outageOf(facts.map((each) => ({ ...FRESH, ...each })), 'no-relay', 100_000)
    expect(outage()).toBe(null)
    expect(outage({ phase: 'connecting' })).toBe(null)
    expect(outage(broken(2_000), { phase: 'connected', wasConnected: true })).toBe(null)
    expect(outage(broken(2_000), { phase: 'closed', wasConnected: true })).toEqual({ since: 98_000, reach: 'no-relay' })
    expect(outage(broken(2_000), broken(500), { phase: 'connecting' })).toEqual({ since: 99_500, reach: 'no-relay' })
  })

  test('a place is taken from somebody who is away, or who does not come up in time', () => {
    expect(isReplaceable({ ...FRESH, ageMs: UNPROVEN_LIMIT_MS + 1 })).toBe(true)
    expect(isReplaceable({ ...FRESH, ageMs: UNPROVEN_LIMIT_MS })).toBe(false)
    expect(isReplaceable({ ...FRESH, phase: 'connected', ageMs: 1e9, wasConnected: true })).toBe(false)
    expect(isReplaceable({ ...FRESH, ...broken(AWAY_AFTER_MS) })).toBe(false)
    expect(isReplaceable({ ...FRESH, ...broken(AWAY_AFTER_MS + 1) })).toBe(true)
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
      topic: 'garden', secret: SECRET, relays: [relay], peers: [], name: 'Ada', code: '', joinNow: true, error: null,
    })
  })

  test.each([
    ['#garden', 'link-malformed'],
    ['#/garden?x=1', 'link-unknown-parameter'],
    ['#/garden/short?join=now', 'secret-malformed'],
    ['#/garden?relay=nonsense', 'address-malformed'],
    ['#/%00', 'topic-unprintable'],
  ])('%s is folded into %s, and nothing of it is used', (hash, error) => {
    expect(readLinkRequest(hash)).toEqual({ topic: '', secret: '', relays: [], peers: [], name: '', code: '', joinNow: false, error })
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
