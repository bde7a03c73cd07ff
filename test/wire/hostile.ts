/** What a hostile peer might send, as fast-check arbitraries. */
import fc from 'fast-check'

const NASTY: unknown[] = [
  null, true, -1, -0, 0.5, 1e21, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1, Number.MAX_VALUE, '',
  '\ud800', '\u0000', '__proto__',
  'hello', [], {}, [[]], { length: 5 }, { toString: 'x', valueOf: null }, 'x'.repeat(70_000),
  Array.from({ length: 300 }, () => 0),
]

const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'kind', 'body', 'seq', 'x']

/** JSON texts that no serialiser writes. */
const RAW = [
  '{"__proto__":null}', '{"kind":"hello","kind":"bye"}', '1e400', '-0', '{"kind":"bye","seq":1e400}',
  '{"kind":"bye","seq":-0}',
  '[[[[[[[[[[]]]]]]]]]]', '{"kind":"\\u0062ye"}', '{"kind":"heartbeat","__proto__":{"kind":"bye"}}', '"\\ud800"',
  '{', '', ' ', 'NaN',
]

/** Any JSON value, with keys that reach into prototypes. */
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 1 })),
  fc.constantFrom(...NASTY),
)

/** A valid message in which one to three places were replaced, removed or added. */
function mutated(messages: readonly unknown[]): fc.Arbitrary<unknown> {
  const change = fc.record({
    path: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
    action: fc.constantFrom('replace', 'replace', 'remove', 'add', 'add'),
    key: fc.constantFrom(...KEYS),
    value: anyJson,
  })
  return fc.tuple(fc.constantFrom(...messages), fc.array(change, { minLength: 1, maxLength: 3 })).map(([message, changes]) => {
    const copy: unknown = structuredClone(message)
    // Cloned, since a later change may go into it, and the nasty values are shared.
    for (const { path, action, key, value } of changes) apply(copy, path, action, key, structuredClone(value))
    return copy
  })
}

function apply(target: unknown, path: readonly number[], action: string, addedKey: string, value: unknown): void {
  if (typeof target !== 'object' || target === null) return
  const keys = Object.keys(target)
  const [step = 0, ...rest] = path
  const key = keys[step % keys.length]
  const child: unknown = key === undefined ? undefined : Reflect.get(target, key)
  if (rest.length > 0 && typeof child === 'object' && child !== null) apply(child, rest, action, addedKey, value)
  // Defined, not assigned: assigning to __proto__ would change the prototype instead of adding the key.
  else if (action === 'add' || key === undefined) define(target, addedKey, value)
  else if (action === 'remove') Reflect.deleteProperty(target, key)
  else define(target, key, value)
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Bytes made from valid messages and from nothing: random, random JSON, changed messages, changed bytes, deep nesting. */
export function hostileBytes(messages: readonly unknown[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
  // JSON leaves out what it cannot say, such as undefined.
  const write = (value: unknown): Uint8Array<ArrayBuffer> => encode(JSON.stringify(value) ?? '')
  const valid = fc.constantFrom(...messages).map(write)
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 })
  const flipped = fc.tuple(valid, flips).map(([bytes, changes]) => {
    for (const [position, byte] of changes) bytes[position % bytes.length] = byte
    return bytes
  })
  const nested = fc.tuple(fc.constantFrom('[', '{"a":', '{"kind":"signal","body":'), fc.integer({ min: 1, max: 3000 }))
    .map(([open, depth]) => encode(open.repeat(depth) + '0'))
  return fc.oneof(
    { weight: 8, arbitrary: mutated(messages).map(write) },
    { weight: 4, arbitrary: flipped },
    { weight: 2, arbitrary: anyJson.map(write) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)) },
    { weight: 1, arbitrary: fc.constantFrom(...RAW).map(encode) },
    { weight: 1, arbitrary: nested },
    { weight: 1, arbitrary: valid },
  )
}

/** Text with what is hard about Unicode: surrogates, joiners, selectors, controls, marks, spaces, emoji. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom(
    'a', 'Σ', 'İ', 'ß', '-', ' ', '\t', '/', '?', '#', '%', '\u0301', '\u0307', '\u0345', '\u00ad', '\u200b',
    '\u200c', '\u200d', '\u202e',
    '\u2066', '\ufe0f', '\ufeff', '\u180e', '\u2800', '\u3164', '\u0378', '\ud83d', '\ude00', '👩', '🚀', '🏽', '❤',
    '🏴', '\u{e0067}', '\u{e007f}', '\u{1fffe}',
    '\u{1f0ff}', 'م', 'ی', 'क', '्', 'ᠠ', '가', '\u1112', '\u1161', '\u11ab', '1', '\u20e3', '🇳', '\u0000', '\u2028',
  ), { maxLength: 80 }).map((parts) => parts.join('')),
)
