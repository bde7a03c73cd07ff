import { Refusal } from './message.ts'
import type { Shape } from './shape.ts'

/**
 * Writes a message as UTF-8 JSON. It goes through its shape, so that whatever is sent will be accepted.
 *
 * @throws {Refusal} `malformed`; `too-large` above `maxBytes`
 */
export function encodeJson<T>(shape: Shape<T>, message: T, maxBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(shape(message, 'message')))
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return bytes
}

/**
 * Reads a message: size first, then UTF-8, then JSON, then shape.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeJson<T>(shape: Shape<T>, bytes: Uint8Array, maxBytes: number): T {
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return shape(parse(bytes), 'message')
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    // Besides a SyntaxError this can be a RangeError, where nesting exhausts the engine's stack.
    throw new Refusal('malformed', 'not JSON in UTF-8', { cause })
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too-large', `longer than ${maxBytes} bytes`)
}
