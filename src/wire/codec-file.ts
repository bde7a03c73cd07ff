import { id } from './fields.ts'
import { decodeJson, encodeJson } from './json.ts'
import { Refusal } from './message.ts'
import type { FileMessage } from './message.ts'
import { MAX_ASK_BYTES, MAX_FILE_BYTES, MAX_FILE_MESSAGE_BYTES, MAX_FILE_TEXT_BYTES } from './protocol.ts'
import { byKind, integer, literal, object, text } from './shape.ts'

/** Before the bytes of a file stands the number of the ask that they answer. */
const HEADER_BYTES = 4

type FileText = Exclude<FileMessage, { kind: 'data' }>
type OfKind<Kind extends FileText['kind']> = Extract<FileText, { kind: Kind }>

const fileText = byKind<FileText>({
  ask: object<OfKind<'ask'>>({
    kind: literal('ask'), file: id, ask: integer(0, 2 ** 32 - 1), at: integer(0, MAX_FILE_BYTES), bytes: integer(1, MAX_ASK_BYTES),
  }),
  stop: object<OfKind<'stop'>>({ kind: literal('stop'), file: id }),
  check: object<OfKind<'check'>>({ kind: literal('check'), file: id }),
  sum: object<OfKind<'sum'>>({ kind: literal('sum'), file: id, sum: text(64, /^[0-9a-f]{64}$/) }),
  done: object<OfKind<'done'>>({ kind: literal('done'), file: id }),
  gone: object<OfKind<'gone'>>({ kind: literal('gone'), file: id }),
})

/** Most bytes of a file in one message. */
export const MAX_DATA_BYTES = MAX_FILE_MESSAGE_BYTES - HEADER_BYTES

/**
 * Writes a message for the files channel, as JSON text.
 *
 * @throws {Refusal} `malformed` when a limit of protocol.ts is broken
 */
export function encodeFileMessage(message: FileText): string {
  return new TextDecoder().decode(encodeJson(fileText, message, MAX_FILE_TEXT_BYTES))
}

/** Writes part of the answer to an ask; 1 to MAX_DATA_BYTES bytes. */
export function encodeFileData(ask: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(HEADER_BYTES + bytes.length)
  new DataView(message.buffer).setUint32(0, ask)
  message.set(bytes, HEADER_BYTES)
  return message
}

/**
 * Reads what arrived on the files channel: the `data` of its message event, text or an ArrayBuffer. The bytes of a file
 * are not copied.
 *
 * @throws {Refusal} `too-large`, `malformed`
 */
export function decodeFileMessage(data: unknown): FileMessage {
  if (data instanceof ArrayBuffer) return decodeData(data)
  if (typeof data !== 'string') throw new Refusal('malformed', 'neither text nor an ArrayBuffer')
  // Each UTF-16 unit takes at least a byte, so this saves encoding what is too large anyway.
  if (data.length > MAX_FILE_TEXT_BYTES) throw new Refusal('too-large', `longer than ${MAX_FILE_TEXT_BYTES} bytes`)
  return decodeJson(fileText, new TextEncoder().encode(data), MAX_FILE_TEXT_BYTES)
}

function decodeData(data: ArrayBuffer): FileMessage {
  if (data.byteLength > MAX_FILE_MESSAGE_BYTES) throw new Refusal('too-large', `longer than ${MAX_FILE_MESSAGE_BYTES} bytes`)
  if (data.byteLength <= HEADER_BYTES) throw new Refusal('malformed', 'no bytes of a file')
  return { kind: 'data', ask: new DataView(data).getUint32(0), bytes: new Uint8Array(data, HEADER_BYTES) }
}
