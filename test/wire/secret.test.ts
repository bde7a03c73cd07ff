import { describe, expect, it } from 'vitest'
import { newSecret, parseSecret, SECRET_BYTES } from '../../src/wire/index.ts'
import { refusalOf } from './samples.ts'

describe('secrets', () => {
  it('are 22 characters, fresh each time, and read back as 16 bytes', () => {
    const made = new Set(Array.from({ length: 200 }, newSecret))
    expect(made.size).toBe(200)
    for (const secret of made) {
      expect(secret).toMatch(/^[\w-]{22}$/)
      expect(parseSecret(secret)).toHaveLength(SECRET_BYTES)
    }
  })

  it('are read as base64url', () => {
    expect([...parseSecret('_____________________w')]).toEqual(Array.from({ length: 16 }, () => 255))
    expect([...parseSecret('AAECAwQFBgcICQoLDA0ODw')]).toEqual(Array.from({ length: 16 }, (_, index) => index))
  })

  it.each([
    ['nothing', ''],
    ['a character too few', 'AAECAwQFBgcICQoLDA0OD'],
    ['a character too many', 'AAECAwQFBgcICQoLDA0ODwA'],
    ['padding', 'AAECAwQFBgcICQoLDA0ODw=='],
    ['the alphabet of plain base64', '+++++++++++++++++++++w'],
    ['white space', 'AAECAwQFBgcICQoLDA0OD '],
    ['a second spelling of the same bytes', 'AAECAwQFBgcICQoLDA0ODx'],
    ['17 bytes', 'AAECAwQFBgcICQoLDA0ODxA'],
    ['a megabyte', 'A'.repeat(1_000_000)],
  ])('are refused when they are %s', async (_what, text) => {
    expect(await refusalOf(() => parseSecret(text))).toBe('secret-malformed')
  })
})
