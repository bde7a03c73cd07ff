import { expect, test } from 'vitest'
import { FirstSound, PATIENCE_MS } from '../../../src/media/capture/first-sound.ts'

const NOTHING = new Float32Array(64)
/** The least that a microphone of 16 bits can say. */
const ROOM = Float32Array.from(NOTHING, (_none, index) => index === 40 ? 1 / 32_768 : 0)

test('a microphone that gives nothing but zeros is missed after a while, and not before', () => {
  const first = new FirstSound()
  first.note(NOTHING, PATIENCE_MS - 1)
  expect(first.isMissing).toBe(false)
  first.note(NOTHING, 1)
  expect(first.isMissing).toBe(true)
})

test('the noise of a quiet room is sound', () => {
  const first = new FirstSound()
  first.note(NOTHING, PATIENCE_MS - 1)
  first.note(ROOM, 200)
  first.note(NOTHING, 10 * PATIENCE_MS)
  expect([first.heard, first.isMissing]).toEqual([true, false])
})

test('a microphone that was switched on at last is not missed any more', () => {
  const first = new FirstSound()
  first.note(NOTHING, 2 * PATIENCE_MS)
  first.note(ROOM, 200)
  expect(first.isMissing).toBe(false)
})
