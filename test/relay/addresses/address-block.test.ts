import { isIP } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressBlock, plainAddress } from '../../../relay/addresses/address-block.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::192.0.2.7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['relay.example', 'relay.example'],
  ['', '']
])('%s is counted under %s', (address, block) => {
  expect(addressBlock(address)).toBe(block)
})

test('two IPv6 addresses share a block exactly when their first 64 bits are the same', () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
  fc.assert(fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(7), group, (groups, at, other) => {
    const changed = groups.with(at, other)
    const mapped = [groups, changed].some((each) => isIP(plainAddress(each.join(':'))) === 4)
    fc.pre(!mapped)
    const same = at >= 4 || groups[at] === other
    expect(addressBlock(groups.join(':')) === addressBlock(changed.join(':'))).toBe(same)
  }))
})

test('an address at an IPv6 socket is told as the IPv4 address that it is, and without its zone', () => {
  expect(plainAddress('::ffff:127.0.0.1')).toBe('127.0.0.1')
  expect(plainAddress('fe80::1%3')).toBe('fe80::1')
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1')
})
