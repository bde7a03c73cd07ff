import { beforeAll, describe, expect, it, vi } from 'vitest'
import { deflateRawSync } from 'node:zlib'
import {
  deriveRoomKeys, encodeRoomMessage, ENVELOPE_VERSION, MAX_MESSAGE_BYTES, open, parseTopic, seal,
} from '../../src/wire/index.ts'
import type { RoomKeys, Signal } from '../../src/wire/index.ts'
import { inflate } from '../../src/wire/deflate.ts'
import { ALICE, BOB, HELLO, jsonBytes, OFFER, refusalOf, ROOM_MESSAGES, SECRET } from './samples.ts'
import { sealPlaintext } from './seal-plaintext.ts'

const HEADER_AND_TAG_BYTES = 1 + 12 + 16

let keys: RoomKeys
beforeAll(async () => {
  keys = await deriveRoomKeys(parseTopic('team'), SECRET, () => Promise.reject(new Error('unused')))
})

/** An offer whose SDP is `sdp`. */
const offerOf = (sdp: string): Signal =>
  ({ ...OFFER, body: { kind: 'description', type: 'offer', sdp, offerId: 'a', candidates: [] } })

/** Text of a browser's kind: many lines that resemble each other. */
const browserSdp = Array.from({ length: 300 }, (_, n) => `a=rtpmap:${n % 128} VP8/90000\r\na=rtcp-fb:${n % 128} nack pli\r\n`).join('')

/** Text that deflate cannot shorten by much, from a fixed seed. */
function noise(length: number): string {
  let state = 7
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return String.fromCharCode(0x23 + (state >>> 12) % 0x39)
  }).join('')
}

describe('seal and open', () => {
  it.each(ROOM_MESSAGES)('bring a $kind across', async (message) => {
    expect(await open(keys, ALICE, await seal(keys, ALICE, message))).toEqual(message)
  })

  it('bring an offer of full length across', async () => {
    const message = offerOf(noise(49_152))
    expect(await open(keys, ALICE, await seal(keys, ALICE, message))).toEqual(message)
  })

  it('never make the same envelope twice', async () => {
    const [one, two] = [await seal(keys, ALICE, HELLO), await seal(keys, ALICE, HELLO)]
    expect(one.slice(1, 13)).not.toEqual(two.slice(1, 13))
    expect(one).not.toEqual(two)
  })

  it('shrink an SDP to less than a quarter, and never lengthen a message by more than the frame', async () => {
    const long = offerOf(browserSdp)
    expect((await seal(keys, ALICE, long)).length).toBeLessThan(encodeRoomMessage(long).length / 4)
    for (const message of ROOM_MESSAGES) {
      const most = encodeRoomMessage(message).length + 1 + HEADER_AND_TAG_BYTES
      expect((await seal(keys, ALICE, message)).length).toBeLessThanOrEqual(most)
    }
  })

  it('show nothing of the message', async () => {
    const envelope = Buffer.from(await seal(keys, ALICE, { kind: 'bye', session: HELLO.session, seq: 1 }))
    expect(envelope.includes('bye')).toBe(false)
    expect(envelope.includes(HELLO.session)).toBe(false)
  })

  it('do not touch the bytes that they are given', async () => {
    const envelope = await seal(keys, ALICE, HELLO)
    const before = envelope.slice()
    await open(keys, ALICE, envelope)
    expect(envelope).toEqual(before)
  })
})

describe('open refuses', () => {
  it('an envelope that another peer passes off as its own', async () => {
    expect(await refusalOf(async () => open(keys, BOB, await seal(keys, ALICE, HELLO)))).toBe('unsealable')
  })

  it('an envelope of another room', async () => {
    const other = await deriveRoomKeys(parseTopic('other'), SECRET, () => Promise.reject(new Error('unused')))
    expect(await refusalOf(async () => open(other, ALICE, await seal(keys, ALICE, HELLO)))).toBe('unsealable')
    const moved = { ...keys, pubsubTopic: other.pubsubTopic }
    expect(await refusalOf(async () => open(moved, ALICE, await seal(keys, ALICE, HELLO)))).toBe('unsealable')
  })

  it('an envelope in which any byte was changed', async () => {
    const envelope = await seal(keys, ALICE, { kind: 'bye', session: HELLO.session, seq: 1 })
    for (let index = 0; index < envelope.length; index += 1) {
      const changed = envelope.slice()
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(await refusalOf(() => open(keys, ALICE, changed))).toBe(index === 0 ? 'wrong-version' : 'unsealable')
    }
  })

  it('an envelope that was cut off anywhere', async () => {
    const envelope = await seal(keys, ALICE, { kind: 'bye', session: HELLO.session, seq: 1 })
    for (let length = 0; length < envelope.length; length += 1) {
      const expected = length <= HEADER_AND_TAG_BYTES ? 'malformed' : 'unsealable'
      expect(await refusalOf(() => open(keys, ALICE, envelope.slice(0, length)))).toBe(expected)
    }
  })

  it('more bytes than the limit before looking at them', async () => {
    const bytes = new Uint8Array(MAX_MESSAGE_BYTES + 1).fill(ENVELOPE_VERSION)
    expect(await refusalOf(() => open(keys, ALICE, bytes))).toBe('too-large')
    expect(await refusalOf(() => open(keys, ALICE, bytes.subarray(1)))).toBe('unsealable')
  })

  const contents: [string, number[] | Uint8Array, string | null][] = [
    ['plain JSON of a message: nothing', [0, ...jsonBytes(HELLO)], null],
    ['deflated JSON of a message: nothing', [1, ...deflateRawSync(jsonBytes(HELLO))], null],
    ['an unknown flag', [2, ...jsonBytes(HELLO)], 'malformed'],
    ['a flag alone', [0], 'malformed'],
    ['a flag alone that promises deflate', [1], 'malformed'],
    ['what is not deflate', [1, ...jsonBytes(HELLO)], 'malformed'],
    ['deflate that was cut off', [1, ...deflateRawSync(jsonBytes(HELLO)).subarray(0, -3)], 'malformed'],
    ['what is no message', [0, ...jsonBytes({ kind: 'heartbeat' })], 'malformed'],
  ]
  it.each(contents)('of a member who seals %s', async (_what, content, code) => {
    const envelope = await sealPlaintext(keys, ALICE, Uint8Array.from(content))
    expect(await refusalOf(() => open(keys, ALICE, envelope))).toBe(code)
  })

  it('a message that inflates beyond the limit, and takes one that inflates to it', async () => {
    for (const [size, code] of [[MAX_MESSAGE_BYTES, null], [MAX_MESSAGE_BYTES + 1, 'too-large']] as const) {
      const json = Buffer.from(JSON.stringify(HELLO).padEnd(size, ' '))
      const envelope = await sealPlaintext(keys, ALICE, Buffer.concat([Buffer.of(1), deflateRawSync(json)]))
      expect(await refusalOf(() => open(keys, ALICE, envelope))).toBe(code)
    }
  })
})

describe('a deflate bomb', () => {
  it('of the greatest size is refused', async () => {
    const bomb = deflateRawSync(Buffer.alloc(60_000_000), { level: 9 })
    expect(bomb.length).toBeLessThan(MAX_MESSAGE_BYTES)
    expect(bomb.length).toBeGreaterThan(MAX_MESSAGE_BYTES - 10_000)
    const envelope = await sealPlaintext(keys, ALICE, Buffer.concat([Buffer.of(1), bomb]))
    expect(await refusalOf(() => open(keys, ALICE, envelope))).toBe('too-large')
  })

  it('occupies two megabytes at the most in an engine that inflates all it is given before it is read', async () => {
    let inflatedBytes = 0
    class EagerDecompressionStream extends TransformStream<Uint8Array, Uint8Array> {
      constructor() {
        super({
          transform(chunk, controller) {
            inflatedBytes += chunk.length * 1032
            controller.enqueue(new Uint8Array(chunk.length * 1032))
          },
        })
      }
    }
    vi.stubGlobal('DecompressionStream', EagerDecompressionStream)
    expect(await refusalOf(() => inflate(new Uint8Array(60_000), MAX_MESSAGE_BYTES))).toBe('too-large')
    vi.unstubAllGlobals()
    expect(inflatedBytes).toBeGreaterThan(MAX_MESSAGE_BYTES)
    expect(inflatedBytes).toBeLessThan(2_200_000)
  })

  it('is refused as bombs are by inflate itself, at any limit', async () => {
    const bytes = new Uint8Array(deflateRawSync(Buffer.alloc(100_000)))
    expect(await refusalOf(() => inflate(bytes, 99_999))).toBe('too-large')
    expect(await inflate(bytes, 100_000)).toHaveLength(100_000)
  })
})
