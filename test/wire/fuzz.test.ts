/** Nothing but a Refusal ever leaves wire/, and what it accepts it accepts again, unchanged. 117,000 hostile inputs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deflateRawSync } from 'node:zlib'
import {
  decodeControlMessage, decodeRing, decodeRoomMessage, deriveRoomKeys, encodeControlMessage, encodeRing, encodeRoomMessage,
  formatLink, open, parseChatText, parseLink, parseName, parseTopic, Refusal, seal,
} from '../../src/wire/index.ts'
import { codePoints } from '../../src/wire/printable.ts'
import { hostileBytes, hostileText } from './hostile.ts'
import { ALICE, CONTROL_MESSAGES, RING_MESSAGES, ROOM_MESSAGES, SECRET } from './samples.ts'
import { sealPlaintext } from './seal-plaintext.ts'

// Every refusal records where it was thrown; the test runner's hundred frames would take most of the time.
Error.stackTraceLimit = 1

const SEED = 20_260_801
const TIMEOUT_MS = 120_000

/** What `parse` makes of the input, or null when it refuses. Any other error passes through and fails the test. */
function accepted<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Runs the property, and fails too when hardly anything was accepted: then it would prove nothing about what is. */
function fuzz<Input>(
  inputs: fc.Arbitrary<Input>, numRuns: number, leastAccepted: number, holds: (input: Input) => boolean,
): void {
  let count = 0
  fc.assert(fc.property(inputs, (input) => {
    if (holds(input)) count += 1
  }), { numRuns, seed: SEED })
  expect(count).toBeGreaterThan(leastAccepted)
}

describe('decoders', () => {
  it('of room messages', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileBytes(ROOM_MESSAGES), 18_000, 1500, (bytes) => {
      const message = accepted(() => decodeRoomMessage(bytes))
      if (message === null) return false
      expect(decodeRoomMessage(encodeRoomMessage(message))).toEqual(message)
      return true
    })
  })

  it('of control messages', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileBytes(CONTROL_MESSAGES), 10_000, 1000, (bytes) => {
      const message = accepted(() => decodeControlMessage(bytes.buffer))
      const fromText = accepted(() => decodeControlMessage(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)))
      if (message === null) return false
      expect(fromText).toEqual(message)
      expect(decodeControlMessage(encodeControlMessage(message))).toEqual(message)
      return true
    })
  })

  it('of ring messages', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileBytes(RING_MESSAGES), 8_000, 800, (bytes) => {
      const message = accepted(() => decodeRing(bytes))
      if (message === null) return false
      expect(decodeRing(encodeRing(message))).toEqual(message)
      return true
    })
  })
})

describe('text', () => {
  it('of topics', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileText, 25_000, 1000, (text) => {
      const topic = accepted(() => parseTopic(text))
      if (topic === null) return false
      expect(parseTopic(topic)).toBe(topic)
      expect(codePoints(topic)).toBeLessThanOrEqual(64)
      return true
    })
  })

  it('of names', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileText, 15_000, 1000, (text) => {
      const name = parseName(text)
      expect(parseName(name)).toBe(name)
      expect(codePoints(name)).toBeLessThanOrEqual(48)
      return name !== ''
    })
  })

  it('of chat lines', { timeout: TIMEOUT_MS }, () => {
    fuzz(hostileText, 10_000, 1000, (text) => {
      const cleaned = parseChatText(text)
      if (cleaned === null) return false
      expect(parseChatText(cleaned)).toBe(cleaned)
      return true
    })
  })

  it('of links', { timeout: TIMEOUT_MS }, () => {
    const part = fc.oneof(hostileText, hostileText.map((text) => encodeURIComponent(text.toWellFormed())), fc.constantFrom(
      '#/', '/', '?', '&', '=', '%', 'team', SECRET, 'relay=', 'peer=', 'name=', 'join=now', '/ip4/127.0.0.1/tcp/1/ws',
      `/p2p/${ALICE}`, '__proto__=',
    ))
    const start = fc.constantFrom('', '#', '#/', '#/team', `#/team/${SECRET}?`, '#/?name=', '#/?peer=/p2p/x&')
    const links = fc.tuple(start, fc.array(part, { maxLength: 6 }))
    fuzz(links.map(([beginning, parts]) => beginning + parts.join('')), 25_000, 1000, (hash) => {
      const link = accepted(() => parseLink(hash))
      if (link === null) return false
      const { topic, secret } = link
      if (topic === '') return true
      const { hash: again } = new URL(formatLink('https://host', { topic, secret }))
      expect(parseLink(again)).toMatchObject({ topic, secret })
      return true
    })
  })
})

it('envelopes, of strangers and of members', { timeout: TIMEOUT_MS }, async () => {
  const keys = await deriveRoomKeys(parseTopic('team'), SECRET, () => Promise.reject(new Error('unused')))
  const sealed = await Promise.all(ROOM_MESSAGES.map((message) => seal(keys, ALICE, message)))
  const strangers = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.tuple(fc.constantFrom(...sealed), fc.nat(), fc.nat(255))
      .map(([envelope, position, byte]) => envelope.with(position % envelope.length, byte)),
    fc.uint8Array({ minLength: 30, maxLength: 100 }).map((bytes) => bytes.with(0, 1)),
  )
  const content = hostileBytes(ROOM_MESSAGES)
  const members = fc.oneof(
    content.map((bytes) => Uint8Array.of(0, ...bytes)),
    content.map((bytes) => Uint8Array.of(1, ...deflateRawSync(bytes))),
    fc.tuple(fc.nat(255), content).map(([flag, bytes]) => Uint8Array.of(flag, ...bytes)),
  )
  let count = 0
  const opens = async (bytes: Uint8Array): Promise<void> => {
    const message = await open(keys, ALICE, bytes).catch((error: unknown) => {
      if (error instanceof Refusal) return null
      throw error
    })
    if (message === null) return
    count += 1
    expect(await open(keys, ALICE, await seal(keys, ALICE, message))).toEqual(message)
  }
  await fc.assert(fc.asyncProperty(strangers, opens), { numRuns: 3000, seed: SEED })
  const sealsAndOpens = async (plaintext: Uint8Array): Promise<void> => opens(await sealPlaintext(keys, ALICE, plaintext))
  await fc.assert(fc.asyncProperty(members, sealsAndOpens), { numRuns: 3000, seed: SEED })
  expect(count).toBeGreaterThan(200)
})
