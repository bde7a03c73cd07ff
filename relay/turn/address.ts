/** Transport addresses as text and as bytes, and XOR-MAPPED-ADDRESS and its kin (RFC 8489 section 14.2). Pure. */
import { isIPv4, isIPv6 } from 'node:net'
import { MAGIC_COOKIE } from './stun-message.ts'

/** Address families by their number on the wire (RFC 8489 section 14.1). */
export const FAMILY = { ipv4: 0x01, ipv6: 0x02 } as const
export type Family = typeof FAMILY[keyof typeof FAMILY]

/** An address and a port. The address is text as the system writes it, so that equal addresses are equal strings. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

const IPV4_BYTES = 4
const IPV6_BYTES = 16
const MAX_PORT = 65_535

/** The family of an address in text. */
export function familyOf(address: string): Family {
  return address.includes(':') ? FAMILY.ipv6 : FAMILY.ipv4
}

/** An address without zone, and IPv4 as IPv4 although it came through an IPv6 socket. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

/** The 4 or 16 bytes of an address in text; undefined when it is none. */
export function addressBytes(text: string): Buffer | undefined {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number))
  if (!isIPv6(text) || text.includes('%')) return undefined
  // A dotted tail is two groups in other clothes.
  const groups = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = [], tail = []] = groups.split('::').map((side) => side === '' ? [] : side.split(':'))
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  const bytes = Buffer.alloc(IPV6_BYTES)
  for (const [index, group] of [...head, ...middle, ...tail].entries()) bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2)
  return bytes
}

/** Text of 4 or 16 bytes, exactly as `inet_ntop` and so the sockets write it. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === IPV4_BYTES) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2))
  const { from, length } = longestZeros(groups)
  const mapped = length === 5 && groups[5] === 0xffff
  if (from === 0 && (mapped || length === 6 || length === 7 && groups[7] !== 1)) {
    return `${mapped ? '::ffff:' : '::'}${addressText(bytes.subarray(12))}`
  }
  const hex = groups.map((group) => group.toString(16))
  if (length < 2) return hex.join(':')
  return `${hex.slice(0, from).join(':')}::${hex.slice(from + length).join(':')}`
}

function longestZeros(groups: readonly number[]): { from: number, length: number } {
  let best = { from: 0, length: 0 }
  for (let from = 0; from < groups.length; from++) {
    let to = from
    while (groups[to] === 0) to++
    if (to - from > best.length) best = { from, length: to - from }
    from = Math.max(from, to)
  }
  return best
}

/** An endpoint as the value of an XOR'd address attribute. */
export function writeXorAddress({ address, port }: Endpoint, transactionId: Buffer): Buffer {
  const bytes = addressBytes(address)
  if (bytes === undefined) throw new TypeError('not an address')
  const value = Buffer.alloc(4 + bytes.length)
  value[1] = bytes.length === IPV4_BYTES ? FAMILY.ipv4 : FAMILY.ipv6
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2)
  bytes.copy(value, 4)
  mask(value, transactionId)
  return value
}

/** Reads the value of an XOR'd address attribute; undefined when it is malformed. */
export function readXorAddress(value: Buffer, transactionId: Buffer): Endpoint | undefined {
  const bytes = value[1] === FAMILY.ipv4 ? IPV4_BYTES : value[1] === FAMILY.ipv6 ? IPV6_BYTES : undefined
  if (bytes === undefined || value.length !== 4 + bytes) return undefined
  const copy = Buffer.from(value)
  mask(copy, transactionId)
  return { address: addressText(copy.subarray(4)), port: copy.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16) }
}

/** XORs the address in place: with the magic cookie, and from there on with the transaction id. */
function mask(value: Buffer, transactionId: Buffer): void {
  value.writeUInt32BE((value.readUInt32BE(4) ^ MAGIC_COOKIE) >>> 0, 4)
  for (let index = 8; index < value.length; index++) value[index] = (value[index] ?? 0) ^ (transactionId[index - 8] ?? 0)
}

/** Whether a datagram can be sent to this port. */
export function isPort(port: number): boolean {
  return port > 0 && port <= MAX_PORT
}
