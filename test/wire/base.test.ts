import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase32 } from '../../src/wire/base32.ts'
import { fromBase64url, toBase64url } from '../../src/wire/base64url.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('base32', () => {
  it.each([
    ['', ''], ['f', 'my'], ['fo', 'mzxq'], ['foo', 'mzxw6'], ['foob', 'mzxw6yq'], ['fooba', 'mzxw6ytb'], ['foobar', 'mzxw6ytboi'],
  ])('writes the test vector %j of RFC 4648, lower case and unpadded', (text, encoded) => {
    expect(toBase32(ascii(text))).toBe(encoded)
  })

  it('writes 32 bytes as 52 characters', () => {
    expect(toBase32(new Uint8Array(32).fill(255))).toBe(`${'7'.repeat(51)}q`)
  })
})

describe('base64url', () => {
  it('agrees with Node and reads back what it wrote', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const text = toBase64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64url(text)).toEqual(bytes)
    }))
  })

  it('has one spelling for everything', () => {
    fc.assert(fc.property(fc.stringMatching(/^[\w-]{0,9}$/), (text) => {
      const bytes = fromBase64url(text)
      if (bytes !== null) expect(toBase64url(bytes)).toBe(text)
    }))
    expect(fromBase64url('AB')).toBeNull()
    expect(fromBase64url('A')).toBeNull()
  })
})
