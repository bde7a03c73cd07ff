const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Writes bytes as base58 with Bitcoin's alphabet, as libp2p writes peer ids. Quadratic: for short inputs. */
export function toBase58(bytes: Uint8Array): string {
  /** Digits of base 58, least significant first. */
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let position = 0; position < digits.length; position += 1) {
      carry += (digits[position] ?? 0) * 256
      digits[position] = carry % 58
      carry = Math.floor(carry / 58)
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58)
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const leading = ALPHABET.charAt(0).repeat(zeros < 0 ? bytes.length : zeros)
  return leading + digits.toReversed().map((digit) => ALPHABET.charAt(digit)).join('')
}
