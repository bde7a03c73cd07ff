import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIpAddress, parseIpAddress } from '../../src/wire/ip-address.ts'

describe('IP addresses', () => {
  it.each([
    ['192.168.1.23', [192, 168, 1, 23]],
    ['::', Array.from({ length: 16 }, () => 0)],
    ['::1', [...Array.from({ length: 15 }, () => 0), 1]],
    ['2001:db8::7', [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]],
    ['fe80:1:2:3:4:5:6:FFFF', [0xfe, 0x80, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0xff, 0xff]],
    ['::ffff:10.0.0.1', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 10, 0, 0, 1]],
  ])('%s is read', (text, bytes) => {
    expect(parseIpAddress(text)).toEqual(Uint8Array.from(bytes))
  })

  it.each([
    '', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.5', ':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8',
    'fe80::1%eth0', '12345::', 'g::', '1.2.3.4::',
  ])('%j is none', (text) => {
    expect(parseIpAddress(text)).toBeNull()
  })

  it('are read as they were written, and Node knows them too', () => {
    const lengths = fc.constantFrom(4, 16)
    fc.assert(fc.property(lengths.chain((length) => fc.uint8Array({ minLength: length, maxLength: length })), (bytes) => {
      const text = formatIpAddress(bytes)
      expect(isIP(text)).toBe(bytes.length === 4 ? 4 : 6)
      expect(parseIpAddress(text)).toEqual(Uint8Array.from(bytes))
    }))
  })
})
