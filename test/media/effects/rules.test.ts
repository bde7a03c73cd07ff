import { expect, test, vi } from 'vitest'
import { sizeWithin } from '../../../src/media/effects/background/canvas.ts'
import { silenceRule } from '../../../src/media/effects/silence-watch.ts'
import { sizeOf, tellSize } from '../../../src/media/track-size.ts'
import { effect } from '../../../src/util/signals.ts'

test.each([
  ['is kept where it is small enough', { width: 640, height: 360 }, 720, { width: 640, height: 360 }],
  ['shrinks with its shape', { width: 1920, height: 1080 }, 720, { width: 1280, height: 720 }],
  ['of an upright picture counts on the shorter side', { width: 720, height: 1280 }, 360, { width: 360, height: 640 }],
  ['is even', { width: 853, height: 479 }, 720, { width: 854, height: 480 }],
])('a picture’s size %s', (_rule, size, maxHeight, expected) => {
  expect(sizeWithin(size, maxHeight)).toEqual(expected)
})

test('noise removal has failed when sound goes in and none comes out for three seconds on end, and not a look earlier', () => {
  const judge = silenceRule()
  const miss = (looks: number): string[] => Array.from({ length: looks }, () => judge(true, false))
  expect(new Set(miss(29))).toEqual(new Set(['waiting']))
  expect(judge(true, true)).toBe('heard')
  expect(new Set(miss(29))).toEqual(new Set(['waiting']))
  expect(judge(true, false)).toBe('silent')
})

test('a microphone that is silent itself says nothing about noise removal', () => {
  const judge = silenceRule()
  for (let look = 0; look < 100; look++) expect(judge(false, false)).toBe('waiting')
})

test('the size of pictures that we make is followed when it changes; a camera tells its own', () => {
  const track = { getSettings: () => ({ width: 640, height: 480 }) } as unknown as MediaStreamTrack
  expect(sizeOf(null)).toBeNull()
  expect(sizeOf(track)).toEqual({ width: 640, height: 480 })
  tellSize(track, { width: 1280, height: 720 })
  const seen = vi.fn<(size: unknown) => void>()
  const stop = effect(() => seen(sizeOf(track)))
  tellSize(track, { width: 1280, height: 720 })
  tellSize(track, { width: 360, height: 640 })
  stop()
  expect(seen.mock.calls).toEqual([[{ width: 1280, height: 720 }], [{ width: 360, height: 640 }]])
})
