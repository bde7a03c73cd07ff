import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followSpeech } from '../../src/media/follow-speech.ts'
import { signal } from '../../src/util/signals.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** Follows a voice for ten seconds where each look takes so long. */
function looksIn10s(tookMs: number): number {
  const lifetime = new AbortController()
  let looks = 0
  followSpeech(signal(true), () => {
    looks++
    vi.setSystemTime(Date.now() + tookMs)
    vi.advanceTimersByTime(tookMs)
    return 0
  }, lifetime)
  vi.advanceTimersByTime(10_000)
  lifetime.abort()
  const then = looks
  vi.advanceTimersByTime(10_000)
  expect(looks, 'after its end').toBe(then)
  return looks
}

test('a voice is looked at ten times a second, and seldom where each look takes long', () => {
  expect(looksIn10s(0)).toBe(100)
  expect(looksIn10s(50)).toBeLessThan(8)
})

test('a voice is not looked at while it is closed', () => {
  const isOpen = signal(false)
  const lifetime = new AbortController()
  const listen = vi.fn<() => number>(() => 1)
  const speaking = followSpeech(isOpen, listen, lifetime)
  vi.advanceTimersByTime(1_000)
  expect(listen).not.toHaveBeenCalled()
  isOpen.value = true
  vi.advanceTimersByTime(1_000)
  expect(speaking.value).toBe(true)
  isOpen.value = false
  expect(speaking.value).toBe(false)
  lifetime.abort()
})
