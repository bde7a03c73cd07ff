import { describe, expect, test } from 'vitest'
import { loudnessOf, nextSpeech, SILENT, type Speech } from '../../src/media/speech.ts'

const LOOK_MS = 100
const SPEECH = 0.5
const BREATH = 0.22
const HUSH = 0.02

/** Listens for so many milliseconds to each loudness; gives what was thought at the end of each. */
function listen(...parts: readonly (readonly [ms: number, loudness: number])[]): boolean[] {
  let speech: Speech = SILENT
  let now = 0
  return parts.map(([ms, loudness]) => {
    for (const end = now + ms; now < end; now += LOOK_MS) speech = nextSpeech(speech, loudness, now)
    return speech.isSpeaking
  })
}

describe('whether somebody speaks', () => {
  test.each([
    ['a quiet room', [[5_000, HUSH]], [false]],
    ['a fan', [[5_000, BREATH]], [false]],
    ['a knock', [[200, SPEECH], [2_000, HUSH]], [false, false]],
    ['knocks', [[200, SPEECH], [300, HUSH], [200, SPEECH], [300, HUSH], [200, SPEECH]], [false, false, false, false, false]],
    ['a sentence', [[400, SPEECH]], [true]],
    ['a sentence that begins softly', [[300, BREATH], [100, SPEECH]], [false, true]],
    ['a pause for breath', [[400, SPEECH], [800, HUSH], [200, SPEECH]], [true, true, true]],
    ['the end of a sentence', [[400, SPEECH], [1_200, HUSH]], [true, false]],
    ['a fan after a sentence', [[400, SPEECH], [1_200, BREATH]], [true, false]],
    ['silence, exactly', [[400, SPEECH], [1_200, 0]], [true, false]],
  ] as const)('%s', (_what, parts, expected) => {
    expect(listen(...parts)).toEqual(expected)
  })
})

test.each([[0, 0], [-1, 0], [Number.NaN, 0], [1, 1], [2, 1], [0.1, 2 / 3], [0.001, 0], [0.00001, 0]])('a packet of level %f is this loud: %f', (level, loudness) => {
  expect(loudnessOf(level)).toBeCloseTo(loudness)
})
