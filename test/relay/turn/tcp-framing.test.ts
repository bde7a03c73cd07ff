import fc from 'fast-check'
import { expect, test } from 'vitest'
import { channelPayload, writeChannelData } from '../../../relay/turn/channel-data.ts'
import { CLASS, METHOD, writeMessage } from '../../../relay/turn/stun-message.ts'
import { FrameReader } from '../../../relay/turn/tcp-framing.ts'

const ANY_SIZE = (): number => 70_000
const data = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))
const frame = fc.oneof(
  data.map((bytes) => writeChannelData(0x4001, bytes, true)),
  data.map((value) => writeMessage(METHOD.send, CLASS.indication, Buffer.alloc(12), [{ type: 0x13, value }]))
)

test('frames come out whole and in order, however the stream is cut', () => {
  fc.assert(fc.property(fc.array(frame, { minLength: 1, maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (frames, cuts) => {
    const reader = new FrameReader()
    const out: Buffer[] = []
    for (const piece of pieces(Buffer.concat(frames), cuts)) expect(reader.push(piece, ANY_SIZE, (each) => out.push(Buffer.from(each)))).toBe(true)
    expect(out).toEqual(frames)
    expect(reader.heldBytes).toBe(0)
  }))
})

test('a cut stream yields the whole frames and holds no more than the last one', () => {
  fc.assert(fc.property(frame, frame, fc.nat(), (first, second, at) => {
    const reader = new FrameReader()
    const out: Buffer[] = []
    reader.push(Buffer.concat([first, second.subarray(0, at % second.length)]), ANY_SIZE, (each) => out.push(each))
    expect(out).toEqual([first])
    expect(reader.heldBytes).toBeLessThanOrEqual(Math.max(4, second.length))
  }))
})

test('random bytes never make it throw or hold more than is allowed', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { maxLength: 30 }), (chunks) => {
    const reader = new FrameReader()
    for (const chunk of chunks) {
      if (!reader.push(Buffer.from(chunk), () => 500, () => undefined)) break
      expect(reader.heldBytes).toBeLessThanOrEqual(500)
    }
  }))
})

test('a frame of the allowed length is read and a longer one refused before it has come', () => {
  const reader = (max: number): boolean => new FrameReader().push(writeChannelData(0x4000, Buffer.alloc(96), true).subarray(0, 5), () => max, () => undefined)
  expect(reader(100)).toBe(true)
  expect(reader(99)).toBe(false)
})

test('what cannot be STUN is refused, at once or byte by byte', () => {
  const hello = Buffer.from('16030102000100', 'hex')
  expect(new FrameReader().push(Buffer.from([0x80, 1, 0, 0]), ANY_SIZE, () => undefined)).toBe(false)
  expect(new FrameReader().push(hello, ANY_SIZE, () => undefined)).toBe(false)
  const slow = new FrameReader()
  expect([...hello].map((byte) => slow.push(Buffer.from([byte]), ANY_SIZE, () => undefined)).slice(0, 4)).toEqual([true, true, true, false])
})

test('where ChannelData is not allowed, what begins like it is refused: HTTP does', () => {
  const noChannels = (kind: 'stun' | 'channel'): number => kind === 'stun' ? 2_000 : 0
  expect(new FrameReader().push(Buffer.from('GET / HTTP/1.1'), noChannels, () => undefined)).toBe(false)
})

test('ChannelData is padded on a stream only, with zeros, and its payload is what was put in', () => {
  fc.assert(fc.property(data, fc.boolean(), (bytes, stream) => {
    const written = writeChannelData(0x4fff, bytes, stream)
    expect(written.length).toBe(stream ? Math.ceil((4 + bytes.length) / 4) * 4 : 4 + bytes.length)
    expect(channelPayload(written)).toEqual(bytes)
    expect(written.subarray(4 + bytes.length).every((byte) => byte === 0)).toBe(true)
  }))
  expect(channelPayload(Buffer.from([0x40, 0, 0, 5, 1, 2, 3, 4]))).toBeUndefined()
  expect(channelPayload(Buffer.from([0x40, 0]))).toBeUndefined()
})

function* pieces(bytes: Buffer, cuts: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = cuts[turn % cuts.length]!
    yield bytes.subarray(at, at + length)
    at += length
  }
}
