import { expect, test } from 'vitest'
import { createSessionClock } from '../../src/room/session-clock.ts'
import { HELLO_FRESHNESS_MS } from '../../src/wire/index.ts'

const NOON = 1_800_000_000_000

function profile(stored?: string) {
  const map = new Map<string, string>(stored === undefined ? [] : [['parley:session', stored]])
  return { get: (key: string) => map.get(key) ?? null, set: (key: string, value: string) => { map.set(key, value) } }
}

test('sessions follow the system clock', () => {
  let time = NOON
  const clock = createSessionClock(profile(), () => time)
  expect(clock()).toBe(NOON)
  time += 5_000
  expect(clock()).toBe(NOON + 5_000)
})

test('a clock that was set back a minute does not make the new session the older one', () => {
  const storage = profile()
  let time = NOON
  createSessionClock(storage, () => time)()
  time -= 60_000
  expect(createSessionClock(storage, () => time)()).toBe(NOON + 1)
})

test.each([String(NOON + HELLO_FRESHNESS_MS / 2), 'rubbish', '-1e999', 'NaN'])('a stored %j is ignored', (stored) => {
  expect(createSessionClock(profile(stored), () => NOON)()).toBe(NOON)
})
