/** MESSAGE-INTEGRITY with the long-term key (RFC 8489 sections 9.2.2 and 14.5). Pure. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { ATTRIBUTE_HEADER_BYTES, HEADER_BYTES } from './stun-message.ts'
import type { StunMessage } from './stun-message.ts'

const MESSAGE_INTEGRITY_TYPE = 0x0008
const SHA1_BYTES = 20
const INTEGRITY_BYTES = ATTRIBUTE_HEADER_BYTES + SHA1_BYTES

/** The key of the long-term mechanism: MD5 of `username:realm:password`, as the RFC has it. */
export function longTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest()
}

/** Whether the message carries a MESSAGE-INTEGRITY that was made with `key`. */
export function hasIntegrity({ bytes, integrityAt }: StunMessage, key: Buffer): boolean {
  if (integrityAt === undefined || bytes.readUInt16BE(integrityAt + 2) !== SHA1_BYTES) return false
  const claimed = bytes.subarray(integrityAt + ATTRIBUTE_HEADER_BYTES, integrityAt + INTEGRITY_BYTES)
  return timingSafeEqual(claimed, digest(bytes, integrityAt, key))
}

/** The message with a MESSAGE-INTEGRITY behind it. */
export function addIntegrity(message: Buffer, key: Buffer): Buffer {
  const bytes = Buffer.concat([message, Buffer.alloc(INTEGRITY_BYTES)])
  bytes.writeUInt16BE(bytes.length - HEADER_BYTES, 2)
  bytes.writeUInt16BE(MESSAGE_INTEGRITY_TYPE, message.length)
  bytes.writeUInt16BE(SHA1_BYTES, message.length + 2)
  digest(bytes, message.length, key).copy(bytes, message.length + ATTRIBUTE_HEADER_BYTES)
  return bytes
}

/** Over everything before the attribute, with a length as if the attribute were the last one. */
function digest(bytes: Buffer, integrityAt: number, key: Buffer): Buffer {
  const header = Buffer.from(bytes.subarray(0, HEADER_BYTES))
  header.writeUInt16BE(integrityAt + INTEGRITY_BYTES - HEADER_BYTES, 2)
  return createHmac('sha1', key).update(header).update(bytes.subarray(HEADER_BYTES, integrityAt)).digest()
}
