/** Networks in CIDR notation (RFC 4632, RFC 4291 section 2.3). Pure. */
import { addressBytes } from './address.ts'

/** A network: the addresses of one family whose first `bits` bits are these. */
export interface Network {
  readonly prefix: Buffer
  readonly bits: number
}

/**
 * Reads `10.0.0.0/8`, `fd00::/8`, or a single address.
 *
 * @throws {RangeError} when it is none of these
 */
export function parseCidr(text: string): Network {
  const [address = '', length, more] = text.split('/')
  const prefix = addressBytes(address)
  const bits = length === undefined ? (prefix?.length ?? 0) * 8 : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (prefix === undefined || more !== undefined || !(bits <= prefix.length * 8)) throw new RangeError(`not a network: ${text}`)
  return { prefix, bits }
}

/** Whether the address, 4 or 16 bytes, is of the network. */
export function contains({ prefix, bits }: Network, address: Buffer): boolean {
  if (prefix.length !== address.length) return false
  const whole = bits >> 3
  for (let index = 0; index < whole; index++) if (prefix[index] !== address[index]) return false
  const shift = 8 - (bits & 7)
  return shift === 8 || (prefix[whole] ?? 0) >> shift === (address[whole] ?? 0) >> shift
}
