import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '../../../bench/soak/bare-frame.ts'
import { deliveredShare, emptyStats, sumStats } from '../../../bench/soak/crowd-stats.ts'
import { seededRandom } from '../../../bench/random.ts'
import { decodeWord, encodeWord } from '../../../bench/soak/words.ts'

describe('the crowd', () => {
  it('is the sum of its parts', () => {
    const one = { ...emptyStats(), connected: 2, lost: 1, refused: { topic: 1 }, words: { hello: { expected: 4, delivered: 3 } } }
    const two = { ...emptyStats(), connected: 3, refused: { topic: 2, connection: 1 }, words: { hello: { expected: 1, delivered: 1 }, offer: { expected: 2, delivered: 0 } } }
    expect(sumStats([one, two])).toMatchObject({
      connected: 5,
      lost: 1,
      refused: { topic: 3, connection: 1 },
      words: { hello: { expected: 5, delivered: 4 }, offer: { expected: 2, delivered: 0 } }
    })
  })

  it('says 100 % only when every message was heard', () => {
    const heard = (delivered: number) => deliveredShare({ ...emptyStats(), words: { hello: { expected: 1_000_000, delivered } } }, 'hello')
    expect(heard(1_000_000)).toBe('100.000 % of 1000000')
    expect(heard(999_999)).toBe('99.999 % of 1000000')
  })

  it('says nothing about messages that nobody was to hear', () => {
    expect(deliveredShare(emptyStats(), 'hello')).toBe('-')
  })

  it('does the same with the same seed, and something else with another', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1).every((value) => value >= 0 && value < 1)).toBe(true)
  })
})

describe('words', () => {
  it('keep their kind and number, also as a part of a larger buffer', () => {
    const bytes = encodeWord({ kind: 'offer', number: 4_000_000_000 })
    const around = new Uint8Array(bytes.length + 7)
    around.set(bytes, 7)
    expect(decodeWord(around.subarray(7))).toEqual({ kind: 'offer', number: 4_000_000_000 })
  })

  it.each([[[]], [[0, 0, 0, 0]], [[9, 0, 0, 0, 0]]])('are refused when they are none: %j', (bytes) => {
    expect(() => decodeWord(Uint8Array.from(bytes))).toThrow(RangeError)
  })
})

describe('frames of the bare server', () => {
  it('survive the way', () => {
    const say = { kind: 'say', topic: 'parley/1/room', data: Uint8Array.of(1, 2, 3) } as const
    expect(decodeFrame(encodeFrame(say))).toEqual(say)
    expect(decodeFrame(encodeFrame({ kind: 'leave', topic: 'room' }))).toEqual({ kind: 'leave', topic: 'room' })
  })

  it.each([[[]], [[0]], [[7, 0]], [[0, 2, 97]]])('are refused when they are none: %j', (bytes) => {
    expect(() => decodeFrame(Uint8Array.from(bytes))).toThrow(RangeError)
  })
})
