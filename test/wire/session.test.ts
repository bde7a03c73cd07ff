import { expect, it } from 'vitest'
import { isSessionId, newSession } from '../../src/wire/index.ts'
import { sessionStartMs } from '../../src/wire/session.ts'

it('a session id has the documented form', () => {
  expect(newSession(1_754_000_000_000, (length) => new Uint8Array(length))).toBe('0mdryb9q8-aaaaaaaa')
  expect(isSessionId(newSession())).toBe(true)
})

it('of two sessions the later one is greater as text', () => {
  const moments = [0, 35, 36, 1_754_000_000_000, 1_754_000_000_001, 36 ** 8 - 1, 36 ** 8, 36 ** 9 - 1]
  const sessions = moments.map((nowMs) => newSession(nowMs))
  expect(sessions.toSorted()).toEqual(sessions)
  expect(sessions.map(sessionStartMs)).toEqual(moments)
})

it('sessions begun in the same millisecond differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newSession(5))).size).toBe(1000)
})

it.each([
  '', 'abc', '0mdlyhmx4abcdefgh', '0mdlyhmx4-abcdefg', '0mdlyhmx4-abcdefghi', '0MDLYHMX4-abcdefgh', '0mdlyhmx4-abcdefgh\n', 5, null, undefined,
])('%j is not a session id', (value) => {
  expect(isSessionId(value)).toBe(false)
})
