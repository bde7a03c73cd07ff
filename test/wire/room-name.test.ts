import { expect, it } from 'vitest'
import { newRoomName, parseTopic } from '../../src/wire/index.ts'

it('a room name is two words and four digits, and a normalised topic already', () => {
  for (let round = 0; round < 500; round += 1) {
    const name = newRoomName()
    expect(name).toMatch(/^[a-z]+-[a-z]+-\d{4}$/)
    expect(parseTopic(name)).toBe(name)
  }
})

it('a room name uses its lists from end to end', () => {
  expect(newRoomName(() => 0)).toBe('amber-acorn-0000')
  expect(newRoomName(() => 1 - Number.EPSILON)).toBe('witty-wren-9999')
})
