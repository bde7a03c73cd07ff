import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameCounter } from '../../../relay/limits/frame-counter.ts'
import { decodeVarint } from '../../../relay/limits/varint.ts'

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}

test('messages are counted however their bytes are cut', () => {
  fc.assert(fc.property(fc.array(fc.nat(400), { maxLength: 20 }), fc.array(fc.nat(60), { minLength: 1 }), (lengths, cuts) => {
    const bytes = Uint8Array.from(lengths.flatMap((length) => [...varint(length), ...new Uint8Array(length).fill(255)]))
    const counter = new FrameCounter()
    let counted = 0
    let at = 0
    for (let turn = 0; at < bytes.length; turn++) {
      const end = at + (cuts[turn % cuts.length] ?? 0) + 1
      counted += counter.push(bytes.subarray(at, end))
      at = end
    }
    expect(counted).toBe(lengths.length)
  }))
})

test('a time of today reads as it was written', () => {
  for (const time of [0, 127, 128, Date.UTC(2026, 10, 22), Date.UTC(2100, 0, 1)]) expect(decodeVarint(Uint8Array.from(varint(time)))).toBe(time)
})
