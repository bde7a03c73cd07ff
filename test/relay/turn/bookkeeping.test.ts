/** Permissions, channels, quotas, limits and nonces: state without sockets. Times are milliseconds from zero. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Answers } from '../../../relay/turn/answers.ts'
import { Channels } from '../../../relay/turn/channels.ts'
import { parseUsername, passwordOf, turnCredential } from '../../../relay/turn/credentials.ts'
import { grantedLifetime } from '../../../relay/turn/lifetime.ts'
import { Nonces } from '../../../relay/turn/nonce.ts'
import { DEFAULT_LIMITS, settingsOf } from '../../../relay/turn/options.ts'
import { Permissions } from '../../../relay/turn/permissions.ts'
import { Account, Accounts, Tally } from '../../../relay/turn/quota.ts'
import { SourceLimiter } from '../../../relay/addresses/source-limiter.ts'
import { addressBlock } from '../../../relay/addresses/address-block.ts'
import { TokenBucket } from '../../../src/util/token-bucket.ts'

const MINUTE = 60_000

describe('permissions', () => {
  test('live five minutes from the last time they were installed', () => {
    const permissions = new Permissions(2)
    permissions.install('192.0.2.1', true, 0)
    expect(permissions.get('192.0.2.1', 5 * MINUTE - 1)).toBeDefined()
    expect(permissions.get('192.0.2.1', 5 * MINUTE)).toBeUndefined()
    permissions.install('192.0.2.1', true, MINUTE)
    expect(permissions.get('192.0.2.1', 6 * MINUTE - 1)).toBeDefined()
  })

  test('have room for so many addresses, and for new ones when old ones have expired', () => {
    const permissions = new Permissions(2)
    expect(permissions.hasRoom(['a', 'b', 'a'], 0)).toBe(true)
    expect(permissions.hasRoom(['a', 'b', 'c'], 0)).toBe(false)
    permissions.install('a', true, 0)
    permissions.install('b', true, MINUTE)
    expect(permissions.hasRoom(['a', 'b'], MINUTE)).toBe(true)
    expect(permissions.hasRoom(['c'], MINUTE)).toBe(false)
    expect(permissions.hasRoom(['c'], 5 * MINUTE)).toBe(true)
    expect(permissions.size).toBe(1)
  })
})

describe('channels', () => {
  const peer = { address: '192.0.2.1', port: 1 }
  const other = { address: '192.0.2.1', port: 2 }

  test('stand for one peer each, and a peer has one', () => {
    const channels = new Channels(10)
    channels.bind(0x4000, peer, 0)
    expect(channels.check(0x4000, peer, 1)).toBe('fine')
    expect(channels.check(0x4000, other, 1)).toBe('conflict')
    expect(channels.check(0x4001, peer, 1)).toBe('conflict')
    expect(channels.check(0x4001, other, 1)).toBe('fine')
  })

  test('live ten minutes from the last time they were bound, and are free afterwards', () => {
    const channels = new Channels(1)
    channels.bind(0x4000, peer, 0)
    channels.bind(0x4000, peer, MINUTE)
    expect(channels.get(0x4000, 11 * MINUTE - 1)).toMatchObject(peer)
    expect(channels.check(0x4001, other, 11 * MINUTE - 1)).toBe('full')
    expect(channels.check(0x4001, other, 11 * MINUTE)).toBe('fine')
    expect(channels.of(peer.address, peer.port, 11 * MINUTE)).toBeUndefined()
    expect(channels.size).toBe(0)
  })
})

describe('limits of addresses', () => {
  const rate = { perSecond: 10, burst: 5 }

  test('a source has its burst and then its rate, and others are not touched', () => {
    const limiter = new SourceLimiter(rate)
    const taken = (source: string, now: number): number => Array.from({ length: 20 }, () => limiter.take(source, now)).filter(Boolean).length
    expect(taken('192.0.2.1', 0)).toBe(5)
    expect(taken('192.0.2.1', 100)).toBe(1)
    expect(taken('198.51.100.1', 100)).toBe(5)
    expect(taken('192.0.2.1', MINUTE)).toBe(5)
  })

  test('whoever has spent everything is silenced for a while', () => {
    const limiter = new SourceLimiter({ perSecond: 1, burst: 3 }, MINUTE)
    for (let count = 0; count < 3; count++) expect(limiter.take('192.0.2.1', 0)).toBe(true)
    expect(limiter.isSilenced('192.0.2.1', MINUTE)).toBe(true)
    expect(limiter.isSilenced('192.0.2.1', MINUTE + 1_000)).toBe(false)
  })

  test('countless other sources do not make it forget one', () => {
    const limiter = new SourceLimiter(rate)
    while (limiter.take('192.0.2.1', 0));
    for (let index = 0; index < 100_000; index++) limiter.take(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, 0)
    expect(limiter.take('192.0.2.1', 0)).toBe(false)
  })

  test('an IPv6 source is its /64, an IPv4 source itself', () => {
    expect(addressBlock('2001:db8:1:2:3::4')).toBe(addressBlock('2001:db8:1:2::1'))
    expect(addressBlock('2001:db8:1:2::1')).not.toBe(addressBlock('2001:db8:1:3::1'))
    expect(addressBlock('192.0.2.1')).toBe('192.0.2.1')
  })

  test('a bucket that time runs backwards for gains nothing', () => {
    const bucket = new TokenBucket(rate, 1_000)
    expect(bucket.take(5, 1_000)).toBe(true)
    expect(bucket.take(1, 0)).toBe(false)
  })
})

describe('quotas', () => {
  const limits = { ...DEFAULT_LIMITS, users: 2, bytesPerUser: { perSecond: 1_000, burst: 1_000 }, totalBytesPerUser: 1_500 }

  test('a user has a rate, and a total until the credential ends', () => {
    const account = new Account('ann', limits, MINUTE, 0)
    expect(account.spend(1_000, 0)).toBeUndefined()
    expect(account.spend(1, 0)).toBe('byte-rate')
    expect(account.spend(500, 1_000)).toBeUndefined()
    expect(account.spend(1, 2_000)).toBe('byte-total')
    account.renew(2 * MINUTE, 2_000)
    expect(account.spend(1, 2_000)).toBe('byte-total')
    account.renew(2 * MINUTE, MINUTE)
    expect(account.spend(1, MINUTE)).toBeUndefined()
  })

  test('a user is remembered until the credential ends, with or without allocations, and there are only so many', () => {
    const accounts = new Accounts(limits)
    const ann = accounts.open('ann', MINUTE, 0)!
    accounts.open('bob', MINUTE, 0)
    expect(accounts.open('eve', MINUTE, 0)).toBeUndefined()
    expect(accounts.open('ann', 2 * MINUTE, 0)).toBe(ann)
    accounts.sweep(MINUTE)
    expect(accounts.size).toBe(1)
    ann.allocations = 1
    accounts.sweep(2 * MINUTE)
    expect(accounts.size).toBe(1)
  })

  test('a tally allows so many of each and forgets who has none', () => {
    const tally = new Tally(1)
    expect([tally.add('a'), tally.add('a'), tally.add('b')]).toEqual([true, false, true])
    tally.remove('a')
    expect(tally.add('a')).toBe(true)
  })
})

describe('nonces', () => {
  test('are fresh for their client only, for half an hour at least and an hour at most', () => {
    const nonces = new Nonces()
    const nonce = nonces.issue('ann', 0)
    expect(nonces.isFresh(nonce, 'ann', 30 * MINUTE)).toBe(true)
    expect(nonces.isFresh(nonce, 'ann', 60 * MINUTE)).toBe(false)
    expect(nonces.isFresh(nonce, 'bob', 0)).toBe(false)
    expect(nonces.isFresh(Buffer.from('made up'), 'ann', 0)).toBe(false)
    expect(new Nonces().isFresh(nonce, 'ann', 0)).toBe(false)
  })

  test('are short', () => {
    expect(new Nonces().issue('ann', 0).length).toBe(16)
  })
})

describe('credentials', () => {
  test('are those of the scheme that coturn has', () => {
    const { username, credential } = turnCredential('north', 'ann', 60, 1_700_000_000_999)
    expect(username).toBe('1700000060:ann')
    expect(credential).toBe(createHmac('sha1', 'north').update('1700000060:ann').digest('base64'))
    expect(passwordOf(Buffer.from('north'), username)).toBe(credential)
  })

  test('usernames that this server cannot have made are none', () => {
    expect(parseUsername(Buffer.from('1700000060:ann:x'))).toEqual({ user: 'ann:x', expiresAt: 1_700_000_060_000 })
    for (const text of ['', 'ann', ':ann', '1700000060:', '-5:ann', '1e9:ann', `1:${'x'.repeat(300)}`]) expect(parseUsername(Buffer.from(text))).toBeUndefined()
  })

  test('a lifetime is ten minutes to an hour, but hardly longer than the credential', () => {
    expect([undefined, 1, 600, 1_800, 3_601].map((wish) => grantedLifetime(wish, 86_400))).toEqual([600, 600, 600, 1_800, 3_600])
    expect(grantedLifetime(3_600, 100)).toBe(160)
  })
})

test('answers are remembered for forty seconds, and no more than some thousands of them', () => {
  const answers = new Answers()
  for (let index = 0; index < 5_000; index++) answers.remember(String(index), Buffer.from([1]), 0)
  expect(answers.size).toBe(4_096)
  expect(answers.recall('0', 0)).toBeUndefined()
  expect(answers.recall('4999', 39_999)).toEqual(Buffer.from([1]))
  expect(answers.recall('4999', 40_000)).toBeUndefined()
  answers.remember('late', 'pending', 40_000)
  expect(answers.size).toBe(1)
})

test('a range without ports is told of at once', () => {
  const options = { port: 0, secret: 's', realm: 'r' }
  for (const relayPorts of [{ min: 2, max: 1 }, { min: 0, max: 10 }, { min: 1, max: 65_536 }, { min: 1.5, max: 9 }]) {
    expect(() => settingsOf({ ...options, relayPorts })).toThrow(RangeError)
  }
})
