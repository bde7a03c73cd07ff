import { describe, expect, it } from 'vitest'
import {
  decodeControlMessage, decodeRing, decodeRoomMessage, encodeControlMessage, encodeRing, encodeRoomMessage, historyThatFits,
  MAX_ADDRESS_CHARS, MAX_ADDRESSES, MAX_CANDIDATE_CHARS, MAX_CANDIDATES, MAX_CHAT_CODE_POINTS, MAX_CHAT_TIME_MS, MAX_CONTROL_BYTES, MAX_HAND_MS,
  MAX_HISTORY_ENTRIES, MAX_ID_CHARS, MAX_MESSAGE_BYTES, MAX_NAME_CODE_POINTS, MAX_PEOPLE, MAX_RING_BYTES, MAX_SDP_CHARS, MAX_VIEW_PIXELS,
} from '../../src/wire/index.ts'
import type { ChatLine, ControlMessage, RingMessage, RoomMessage, Signal } from '../../src/wire/index.ts'
import {
  ALICE, CANDIDATE, CONTROL_MESSAGES, HELLO, jsonBytes, LINE, OFFER, refusalOf, RING_MESSAGES, ROOM_MESSAGES, SECRET, SESSION,
} from './samples.ts'

const room = (value: unknown): RoomMessage => decodeRoomMessage(jsonBytes(value))
const control = (value: unknown): ControlMessage => decodeControlMessage(JSON.stringify(value))
const ring = (value: unknown): RingMessage => decodeRing(jsonBytes(value))

const body = (change: object): object => ({ ...OFFER, body: { ...OFFER.body, ...change } })
const candidate = (change: object): object => body({ candidates: [{ ...CANDIDATE, ...change }] })
const chat = (change: object): object => ({ kind: 'chat', line: { ...LINE, ...change } })
const view = (width: unknown): object => ({ kind: 'view', camera: { width, height: 0 }, screen: { width: 0, height: 0 } })
const address = (length: number): string => '/'.padEnd(length, 'a')
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

describe('round trips', () => {
  it.each(ROOM_MESSAGES)('$kind', (message) => {
    expect(decodeRoomMessage(encodeRoomMessage(message))).toEqual(message)
  })
  it.each(CONTROL_MESSAGES)('$kind on the control channel, as text and as bytes', (message) => {
    const text = encodeControlMessage(message)
    expect(decodeControlMessage(text)).toEqual(message)
    expect(decodeControlMessage(new TextEncoder().encode(text).buffer)).toEqual(message)
  })
  it.each(RING_MESSAGES)('$kind of the ring protocol', (message) => {
    expect(decodeRing(encodeRing(message))).toEqual(message)
  })
})

describe('limits: what is on the limit passes, one more is malformed', () => {
  const cases: [string, (value: unknown) => unknown, (n: number) => object, number][] = [
    ['addresses', room, (n) => ({ ...HELLO, addresses: times(n, '/a') }), MAX_ADDRESSES],
    ['characters of an address', room, (n) => ({ ...HELLO, addresses: [address(n)] }), MAX_ADDRESS_CHARS],
    ['candidates', room, (n) => body({ candidates: times(n, CANDIDATE) }), MAX_CANDIDATES],
    ['later candidates', room, (n) => ({ ...OFFER, body: { kind: 'candidates', candidates: times(n, CANDIDATE) } }),
      MAX_CANDIDATES],
    ['characters of a candidate', room, (n) => candidate({ candidate: 'c'.repeat(n) }), MAX_CANDIDATE_CHARS],
    ['characters of a media id', room, (n) => candidate({ sdpMid: 'm'.repeat(n) }), 32],
    ['a media line index', room, (n) => candidate({ sdpMLineIndex: n }), 65_535],
    ['characters of a user fragment', room, (n) => candidate({ usernameFragment: 'u'.repeat(n) }), 256],
    ['characters of SDP', room, (n) => body({ sdp: 's'.repeat(n) }), MAX_SDP_CHARS],
    ['characters of an offer id', room, (n) => body({ offerId: 'i'.repeat(n) }), MAX_ID_CHARS],
    ['characters of a peer id', room, (n) => ({ ...OFFER, to: 'a'.repeat(n) }), 128],
    ['a sequence number', room, (n) => ({ kind: 'bye', session: SESSION, seq: n }), Number.MAX_SAFE_INTEGER],
    ['a time', room, (n) => ({ ...HELLO, at: n }), Number.MAX_SAFE_INTEGER],
    ['code points of chat', control, (n) => chat({ text: '🔥'.repeat(n) }), MAX_CHAT_CODE_POINTS],
    ['the time of a chat line', control, (n) => chat({ at: n }), MAX_CHAT_TIME_MS],
    ['characters of a chat id', control, (n) => chat({ id: 'i'.repeat(n) }), MAX_ID_CHARS],
    ['entries of a history', control, (n) => ({ kind: 'history', lines: times(n, { ...LINE, text: 'x' }) }),
      MAX_HISTORY_ENTRIES],
    ['characters of a recording\'s id', control, (n) => ({ kind: 'recording', id: 'i'.repeat(n), on: true }), MAX_ID_CHARS],
    ['people who are there', room, (n) => ({ kind: 'here', look: 'a', people: times(n, { peer: ALICE, name: '' }) }), MAX_PEOPLE],
    ['characters of the id of a look', room, (n) => ({ kind: 'look', id: 'i'.repeat(n), at: 0 }), MAX_ID_CHARS],
    ['the time that a hand is up', control, (n) => ({ kind: 'hand', upForMs: n }), MAX_HAND_MS],
    ['width of a view', control, view, MAX_VIEW_PIXELS],
  ]
  it.each(cases)('%s', async (_what, decode, make, limit) => {
    expect(await refusalOf(() => decode(make(limit)))).toBe(null)
    expect(await refusalOf(() => decode(make(limit + 1)))).toBe('malformed')
  })
})

describe('shape', () => {
  const cases: [string, (value: unknown) => unknown, unknown][] = [
    ['null', room, null],
    ['a number', room, 5],
    ['a list', room, [HELLO]],
    ['no kind', room, {}],
    ['an unknown kind', room, { ...HELLO, kind: 'dance' }],
    ['a kind that every object has', room, { kind: 'constructor' }],
    ['a kind that is no text', room, { ...HELLO, kind: ['hello'] }],
    ['a control kind in a room message', room, { kind: 'heartbeat' }],
    ['a missing session', room, { kind: 'bye', seq: 1 }],
    ['a malformed session', room, { kind: 'bye', session: 'x', seq: 1 }],
    ['a negative number', room, { kind: 'bye', session: SESSION, seq: -1 }],
    ['a fraction', room, { ...HELLO, seq: 0.5 }],
    ['a number as text', room, { ...HELLO, at: '5' }],
    ['a name that is no text', room, { ...HELLO, name: null }],
    ['addresses that are no list', room, { ...HELLO, addresses: { length: 0 } }],
    ['an address that is no text', room, { ...HELLO, addresses: [5] }],
    ['an address with a space', room, { ...HELLO, addresses: ['/a b'] }],
    ['a look without a time', room, { kind: 'look', id: 'a' }],
    ['people who are no list', room, { kind: 'here', look: 'a', people: 'Ada' }],
    ['somebody without a peer id', room, { kind: 'here', look: 'a', people: [{ name: 'Ada' }] }],
    ['a short peer id', room, { ...OFFER, to: 'a'.repeat(31) }],
    ['a type that answers nothing', room, body({ type: 'rollback' })],
    ['an empty SDP', room, body({ sdp: '' })],
    ['a control character in SDP', room, body({ sdp: 'v=0\u0000' })],
    ['an offer without id', room, body({ offerId: '' })],
    ['an id with a space', room, body({ offerId: 'a b' })],
    ['a candidate of two lines', room, candidate({ candidate: 'a\r\na=b' })],
    ['a candidate without its media id', room, candidate({ sdpMid: undefined })],
    ['a fragment of other characters', room, candidate({ usernameFragment: 'a b' })],
    ['media that is neither on nor off', control, { kind: 'state', name: '', media: { microphone: 1, camera: true, screen: true } }],
    ['a camera that is neither held nor not', control, { kind: 'held', camera: 'yes' }],
    ['a hand that neither is up nor down', control, { kind: 'hand' }],
    ['a hand that will be up', control, { kind: 'hand', upForMs: -1 }],
    ['a reaction that nobody knows', control, { kind: 'reaction', reaction: 'rude' }],
    ['a reaction that every object has', control, { kind: 'reaction', reaction: 'toString' }],
    ['a recording that is neither on nor off', control, { kind: 'recording', id: 'a', on: 1 }],
    ['a recording without id', control, { kind: 'recording', id: '', on: true }],
    ['an answer about a recording that is neither yes nor no', control, { kind: 'recording-answer', id: 'a', allow: null }],
    ['a blank chat text', control, chat({ text: ' \n' })],
    ['an author that is no peer', control, chat({ author: 'Ada' })],
    ['a view of negative width', control, view(-1)],
    ['a view of a fraction', control, view(1.5)],
    ['a room message on the control channel', control, HELLO],
    ['an accept without a secret', ring, { kind: 'accept', topic: 'team', secret: '' }],
    ['an accept with no topic', ring, { kind: 'accept', topic: ' ', secret: SECRET }],
    ['an accept whose topic is no text', ring, { kind: 'accept', topic: 5, secret: SECRET }],
  ]
  it.each(cases)('%s is malformed', async (_what, decode, value) => {
    expect(await refusalOf(() => decode(value))).toBe('malformed')
  })

  it('cleans names and chat texts', () => {
    expect(room({ ...HELLO, name: ` A\u202ed\u0000a ${'x'.repeat(100)}` }))
      .toMatchObject({ name: `Ad a ${'x'.repeat(MAX_NAME_CODE_POINTS - 5)}` })
    expect(control(chat({ text: 'a\r\nb\rc\td\u0000\u001b\u0085\u202ee\ud800' })))
      .toMatchObject({ line: { text: 'a\nb\nc\tde' } })
  })

  it('drops unknown fields, at every depth', () => {
    const decoded = room({ ...OFFER, extra: 1, body: { ...OFFER.body, extra: 2, candidates: [{ ...CANDIDATE, extra: 3 }] } })
    expect(decoded).toEqual(OFFER)
  })

  it('is not fooled by keys that reach into the prototype', () => {
    const json = JSON.stringify(HELLO).replace('{', '{"__proto__":{"admin":true},"constructor":{"prototype":{}},')
    const decoded = decodeRoomMessage(new TextEncoder().encode(json))
    expect(decoded).toEqual(HELLO)
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype)
    expect(Object.keys(decoded)).not.toContain('__proto__')
    expect('admin' in {}).toBe(false)
  })

  it('knows one zero', () => {
    const json = JSON.stringify({ kind: 'bye', session: SESSION, seq: 0 }).replace('0}', '-0}')
    expect(Object.is(Reflect.get(decodeRoomMessage(new TextEncoder().encode(json)), 'seq'), 0)).toBe(true)
  })

  it('takes no field from the prototype', async () => {
    const json = JSON.stringify({ kind: 'bye', seq: 1 }).replace('{', `{"__proto__":{"session":"${SESSION}"},`)
    expect(await refusalOf(() => decodeRoomMessage(new TextEncoder().encode(json)))).toBe('malformed')
  })

  it('says where a message is wrong, and nothing of what it holds', () => {
    expect(() => room(candidate({ candidate: 'a=secret\n' }))).toThrow('message.body.candidates[0].candidate')
    expect(() => room(candidate({ candidate: 'a=secret\n' }))).not.toThrow('secret')
  })
})

describe('bytes', () => {
  const padded = (value: unknown, bytes: number): string => JSON.stringify(value).padEnd(bytes, ' ')
  const cases: [string, (text: string) => unknown, unknown, number][] = [
    ['a room message', (text) => decodeRoomMessage(new TextEncoder().encode(text)), HELLO, MAX_MESSAGE_BYTES],
    ['control text', decodeControlMessage, { kind: 'bye' }, MAX_CONTROL_BYTES],
    ['control bytes', (text) => decodeControlMessage(new TextEncoder().encode(text).buffer), { kind: 'bye' }, MAX_CONTROL_BYTES],
    ['a ring message', (text) => decodeRing(new TextEncoder().encode(text)), { kind: 'refuse' }, MAX_RING_BYTES],
  ]
  it.each(cases)('of %s may be as many as the limit and no more', async (_what, decode, value, limit) => {
    expect(await refusalOf(() => decode(padded(value, limit)))).toBe(null)
    expect(await refusalOf(() => decode(padded(value, limit + 1)))).toBe('too-large')
  })

  it('are counted, not characters', async () => {
    const text = JSON.stringify({ kind: 'bye', x: '€'.repeat(MAX_CONTROL_BYTES / 3) })
    expect(text.length).toBeLessThan(MAX_CONTROL_BYTES)
    expect(await refusalOf(() => decodeControlMessage(text))).toBe('too-large')
  })

  it.each([
    ['nothing', []], ['half a character', [0x22, 0xc3, 0x22]], ['an overlong character', [0x22, 0xc0, 0xaf, 0x22]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, ...jsonBytes(HELLO)]], ['JSON cut off', Array.from(jsonBytes(HELLO).slice(0, -1))],
  ])('that are %s are malformed', async (_what, bytes) => {
    expect(await refusalOf(() => decodeRoomMessage(Uint8Array.from(bytes)))).toBe('malformed')
  })

  it('nested as deep as the size allows are malformed', async () => {
    for (const open of ['[', '{"a":', '{"body":']) {
      const text = open.repeat(Math.floor(MAX_CONTROL_BYTES / open.length))
      expect(await refusalOf(() => decodeControlMessage(text))).toBe('malformed')
    }
    const closed = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    expect(await refusalOf(() => decodeControlMessage(closed))).toBe('malformed')
  })

  it.each([undefined, null, 5, {}, new Blob(['{}']), new Uint8Array(2)])('cannot come from %s', async (data) => {
    expect(await refusalOf(() => decodeControlMessage(data))).toBe('malformed')
  })
})

describe('encoding', () => {
  it('refuses what a receiver would refuse', async () => {
    expect(await refusalOf(() => encodeRoomMessage({ ...HELLO, addresses: times(MAX_ADDRESSES + 1, '/a') }))).toBe('malformed')
    expect(await refusalOf(() => encodeControlMessage({ kind: 'chat', line: { ...LINE, text: '' } }))).toBe('malformed')
    expect(await refusalOf(() => encodeRing({ kind: 'accept', topic: 'team', secret: 'short' }))).toBe('malformed')
    const sdp = '"'.repeat(MAX_SDP_CHARS)
    const large: Signal = { ...OFFER, body: { kind: 'description', type: 'offer', sdp, offerId: 'a', candidates: [] } }
    expect(await refusalOf(() => encodeRoomMessage(large))).toBe('too-large')
    expect(await refusalOf(() => encodeControlMessage({ kind: 'signal', seq: 0, body: large.body }))).toBe('too-large')
  })

  it('cleans what it sends', () => {
    expect(decodeRing(encodeRing({ kind: 'ring', name: ' A\u200bda ' }))).toEqual({ kind: 'ring', name: 'Ada' })
  })
})

describe('historyThatFits', () => {
  const lines = (count: number, text: string): ChatLine[] =>
    Array.from({ length: count }, (_, n) => ({ ...LINE, author: ALICE, id: `${n}`, text }))
  const sendable = (kept: ChatLine[]): Promise<unknown> =>
    refusalOf(() => encodeControlMessage({ kind: 'history', lines: kept }))

  it('keeps everything that fits', () => {
    expect(historyThatFits([])).toEqual([])
    expect(historyThatFits(lines(MAX_HISTORY_ENTRIES, 'x'))).toEqual(lines(MAX_HISTORY_ENTRIES, 'x'))
  })

  it('keeps the newest when there are too many', () => {
    expect(historyThatFits(lines(MAX_HISTORY_ENTRIES + 1, 'x'))).toEqual(lines(MAX_HISTORY_ENTRIES + 1, 'x').slice(1))
  })

  it('uses the message to the last byte', async () => {
    for (let length = 150; length < 250; length += 1) {
      const all = lines(MAX_HISTORY_ENTRIES, 'x'.repeat(length))
      const kept = historyThatFits(all)
      expect(await sendable(kept)).toBe(null)
      if (kept.length < all.length) expect(await sendable(all.slice(-kept.length - 1))).toBe('too-large')
    }
  })

  it.each(['x', '🔥', '"'])('keeps as many lines of %j as one message can hold, and not one more', async (character) => {
    const all = lines(150, character.repeat(MAX_CHAT_CODE_POINTS))
    const kept = historyThatFits(all)
    expect(kept.length).toBeGreaterThan(2)
    expect(kept).toEqual(all.slice(-kept.length))
    expect(await sendable(kept)).toBe(null)
    expect(await sendable(all.slice(-kept.length - 1))).toBe('too-large')
  })
})
