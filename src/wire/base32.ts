const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** Writes bytes as lower-case base32 without padding (RFC 4648 section 6). */
export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    // Twelve bits are the most that can wait here, so the buffer never outgrows 32-bit arithmetic.
    buffer = ((buffer & 0xf) << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((buffer >> bits) & 0x1f)
    }
  }
  return bits > 0 ? text + ALPHABET.charAt((buffer << (5 - bits)) & 0x1f) : text
}
