import { decodeJson, encodeJson } from './json.ts'
import { MAX_DRAIN_BYTES, MAX_DRAIN_MS } from './protocol.ts'
import { integer, object } from './shape.ts'

/** What a relay that is about to stop tells its clients. */
export interface DrainMessage {
  /** Milliseconds until it stops. */
  ms: number
}

const message = object<DrainMessage>({ ms: integer(0, MAX_DRAIN_MS) })

/**
 * Writes the notice as UTF-8 JSON.
 *
 * @throws {Refusal} `malformed`
 */
export function encodeDrain(notice: DrainMessage): Uint8Array<ArrayBuffer> {
  return encodeJson(message, notice, MAX_DRAIN_BYTES)
}

/**
 * Reads the notice of a relay.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeDrain(bytes: Uint8Array): DrainMessage {
  return decodeJson(message, bytes, MAX_DRAIN_BYTES)
}
