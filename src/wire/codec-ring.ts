import { name } from './fields.ts'
import { decodeJson, encodeJson } from './json.ts'
import { Refusal } from './message.ts'
import type { RingMessage } from './message.ts'
import { MAX_RING_BYTES } from './protocol.ts'
import { parseSecret } from './secret.ts'
import { byKind, literal, object, refusalAt } from './shape.ts'
import type { Shape } from './shape.ts'
import { parseTopic } from './topic.ts'

/** A string that a parser of `wire/` takes, and what the parser makes of it. */
function parsed(parse: (text: string) => string, expected: string): Shape<string> {
  return (value, path) => {
    try {
      if (typeof value === 'string') return parse(value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
    throw refusalAt(path, expected)
  }
}

const topic = parsed(parseTopic, 'a topic')
const secret = parsed((text) => { parseSecret(text); return text }, 'a secret')

type OfKind<Kind extends RingMessage['kind']> = Extract<RingMessage, { kind: Kind }>

const ringMessage = byKind<RingMessage>({
  ring: object<OfKind<'ring'>>({ kind: literal('ring'), name }),
  accept: object<OfKind<'accept'>>({ kind: literal('accept'), topic, secret }),
  refuse: object<OfKind<'refuse'>>({ kind: literal('refuse') }),
})

/**
 * Writes a line of the ring protocol as UTF-8 JSON.
 *
 * @throws {Refusal} `malformed` when the topic or the secret is none; `too-large` above MAX_RING_BYTES
 */
export function encodeRing(message: RingMessage): Uint8Array<ArrayBuffer> {
  return encodeJson(ringMessage, message, MAX_RING_BYTES)
}

/**
 * Reads a line of the ring protocol. The room that an `accept` names is always private.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeRing(bytes: Uint8Array): RingMessage {
  return decodeJson(ringMessage, bytes, MAX_RING_BYTES)
}
