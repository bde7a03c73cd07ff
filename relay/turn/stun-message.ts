/** STUN messages as bytes and as values (RFC 8489 section 5). Pure. */
import { hasFingerprint } from './fingerprint.ts'

/** Methods that the server knows: Binding of RFC 8489, the others of RFC 8656 section 17. */
export const METHOD = {
  binding: 0x001, allocate: 0x003, refresh: 0x004, send: 0x006, data: 0x007, createPermission: 0x008, channelBind: 0x009
} as const

/** Classes by their two bits C1 C0 (RFC 8489 section 5). */
export const CLASS = { request: 0, indication: 1, success: 2, error: 3 } as const
export type MessageClass = typeof CLASS[keyof typeof CLASS]

export const MAGIC_COOKIE = 0x2112a442
export const HEADER_BYTES = 20
/** Of an attribute's type and length. */
export const ATTRIBUTE_HEADER_BYTES = 4
const TRANSACTION_ID_AT = 8
/** No honest request comes near it; a hostile one would be mere work. */
const MAX_ATTRIBUTES = 64
const MESSAGE_INTEGRITY = 0x0008
const FINGERPRINT = 0x8028

/** An attribute with its value, without padding. */
export interface Attribute {
  readonly type: number
  readonly value: Buffer
}

/** A message that is well formed. Its buffers are views of `bytes`. */
export interface StunMessage {
  readonly method: number
  readonly class: MessageClass
  /** 12 bytes. */
  readonly transactionId: Buffer
  /** In the order in which they came; what follows MESSAGE-INTEGRITY is left out (RFC 8489 section 14.5). */
  readonly attributes: readonly Attribute[]
  readonly bytes: Buffer
  /** Where the MESSAGE-INTEGRITY attribute begins in `bytes`; undefined when there is none. */
  readonly integrityAt: number | undefined
  /** It ends in a FINGERPRINT, and that is right. */
  readonly fingerprint: boolean
}

/**
 * Reads a datagram or a frame that starts like a STUN message. Undefined for anything that is malformed in the slightest:
 * wrong lengths, no magic cookie, a wrong FINGERPRINT. Such messages get no answer (RFC 8489 section 6.3).
 */
export function parseMessage(bytes: Buffer): StunMessage | undefined {
  if (bytes.length < HEADER_BYTES || bytes.length % 4 !== 0) return undefined
  const type = bytes.readUInt16BE(0)
  const isWhole = bytes.readUInt16BE(2) === bytes.length - HEADER_BYTES
  if (type > 0x3fff || !isWhole || bytes.readUInt32BE(4) !== MAGIC_COOKIE) return undefined
  const attributes: Attribute[] = []
  let integrityAt: number | undefined
  let fingerprintAt: number | undefined
  for (let at = HEADER_BYTES, count = 0; at < bytes.length; count++) {
    const attributeType = bytes.readUInt16BE(at)
    const from = at + ATTRIBUTE_HEADER_BYTES
    const to = from + bytes.readUInt16BE(at + 2)
    if (to > bytes.length || count === MAX_ATTRIBUTES || fingerprintAt !== undefined) return undefined
    if (attributeType === FINGERPRINT) fingerprintAt = at
    else if (integrityAt === undefined) attributes.push({ type: attributeType, value: bytes.subarray(from, to) })
    if (attributeType === MESSAGE_INTEGRITY) integrityAt ??= at
    at = padded(to)
  }
  if (fingerprintAt !== undefined && !hasFingerprint(bytes, fingerprintAt)) return undefined
  return {
    method: methodOf(type), class: classOf(type), transactionId: bytes.subarray(TRANSACTION_ID_AT, HEADER_BYTES),
    attributes, bytes, integrityAt, fingerprint: fingerprintAt !== undefined
  }
}

/** Writes a message: header, then the attributes padded with zeros. */
export function writeMessage(
  method: number, kind: MessageClass, transactionId: Buffer, attributes: readonly Attribute[]
): Buffer {
  let length = HEADER_BYTES
  for (const { value } of attributes) length += ATTRIBUTE_HEADER_BYTES + padded(value.length)
  const bytes = Buffer.alloc(length)
  writeHeader(bytes, method, kind, transactionId)
  let at = HEADER_BYTES
  for (const { type, value } of attributes) {
    bytes.writeUInt16BE(type, at)
    bytes.writeUInt16BE(value.length, at + 2)
    value.copy(bytes, at + ATTRIBUTE_HEADER_BYTES)
    at += ATTRIBUTE_HEADER_BYTES + padded(value.length)
  }
  return bytes
}

/** Writes the header of a message that fills `bytes`. */
export function writeHeader(bytes: Buffer, method: number, kind: MessageClass, transactionId: Buffer): void {
  bytes.writeUInt16BE(typeOf(method, kind), 0)
  bytes.writeUInt16BE(bytes.length - HEADER_BYTES, 2)
  bytes.writeUInt32BE(MAGIC_COOKIE, 4)
  transactionId.copy(bytes, TRANSACTION_ID_AT)
}

/** The next multiple of four (RFC 8489 section 14). */
export function padded(length: number): number {
  return (length + 3) & ~3
}

/** The first attribute of a type: further ones are ignored (RFC 8489 section 14). */
export function attributeOf({ attributes }: StunMessage, type: number): Buffer | undefined {
  return attributes.find((each) => each.type === type)?.value
}

/** The message type's bits are M11-M7 C1 M6-M4 C0 M3-M0. */
function typeOf(method: number, kind: MessageClass): number {
  return ((method & 0xf80) << 2) | ((method & 0x70) << 1) | (method & 0xf) | ((kind & 2) << 7) | ((kind & 1) << 4)
}

function methodOf(type: number): number {
  return ((type >> 2) & 0xf80) | ((type >> 1) & 0x70) | (type & 0xf)
}

function classOf(type: number): MessageClass {
  return (((type >> 7) & 2) | ((type >> 4) & 1)) as MessageClass
}
