/** FINGERPRINT (RFC 8489 section 14.7): tells STUN from other traffic, protects nothing. Pure. */
import { crc32 } from 'node:zlib'

const FINGERPRINT_TYPE = 0x8028
const FINGERPRINT_BYTES = 8
const XOR_VALUE = 0x5354554e

/** Whether the FINGERPRINT attribute at `at`, the message's last, is the checksum of what precedes it. */
export function hasFingerprint(bytes: Buffer, at: number): boolean {
  return at + FINGERPRINT_BYTES === bytes.length && bytes.readUInt16BE(at + 2) === 4 &&
    bytes.readUInt32BE(at + 4) === checksum(bytes.subarray(0, at))
}

/** The message with a FINGERPRINT behind it. */
export function addFingerprint(message: Buffer): Buffer {
  const bytes = Buffer.concat([message, Buffer.alloc(FINGERPRINT_BYTES)])
  // The header's length covers the attribute itself.
  bytes.writeUInt16BE(bytes.length - 20, 2)
  bytes.writeUInt16BE(FINGERPRINT_TYPE, message.length)
  bytes.writeUInt16BE(4, message.length + 2)
  bytes.writeUInt32BE(checksum(bytes.subarray(0, message.length)), message.length + 4)
  return bytes
}

function checksum(bytes: Buffer): number {
  return (crc32(bytes) ^ XOR_VALUE) >>> 0
}
