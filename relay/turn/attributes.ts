/** Attribute numbers and the values that have a shape of their own (RFC 8489 section 14, RFC 8656 section 18). Pure. */
import { FAMILY } from './address.ts'
import type { Family } from './address.ts'
import type { StunMessage } from './stun-message.ts'

export const ATTRIBUTE = {
  username: 0x0006, messageIntegrity: 0x0008, errorCode: 0x0009, unknownAttributes: 0x000a, channelNumber: 0x000c,
  lifetime: 0x000d, xorPeerAddress: 0x0012, data: 0x0013, realm: 0x0014, nonce: 0x0015, xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017, evenPort: 0x0018, requestedTransport: 0x0019, dontFragment: 0x001a,
  xorMappedAddress: 0x0020, reservationToken: 0x0022, additionalAddressFamily: 0x8000, addressErrorCode: 0x8001
} as const

/**
 * What must be understood and is. DONT-FRAGMENT is not: Node cannot set the bit, and RFC 8656 section 7.2 has such a
 * server treat the attribute as unknown.
 */
const KNOWN = new Set<number>([
  ATTRIBUTE.username, ATTRIBUTE.messageIntegrity, ATTRIBUTE.channelNumber, ATTRIBUTE.lifetime, ATTRIBUTE.xorPeerAddress,
  ATTRIBUTE.data, ATTRIBUTE.realm, ATTRIBUTE.nonce, ATTRIBUTE.requestedAddressFamily, ATTRIBUTE.evenPort,
  ATTRIBUTE.requestedTransport, ATTRIBUTE.reservationToken
])

/** Types below this one must be understood by whoever gets them. */
const FIRST_OPTIONAL = 0x8000
/** Of the list in UNKNOWN-ATTRIBUTES, so that no answer outgrows its request. */
const MAX_UNKNOWN_LISTED = 8

/** Reasons of the errors that this server gives (RFC 8489 section 14.8, RFC 8656 section 19). */
const REASON = {
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 420: 'Unknown Attribute', 437: 'Allocation Mismatch',
  438: 'Stale Nonce', 440: 'Address Family not Supported', 441: 'Wrong Credentials', 442: 'Unsupported Transport Protocol',
  443: 'Peer Address Family Mismatch', 486: 'Allocation Quota Reached', 508: 'Insufficient Capacity'
} as const
export type ErrorCode = keyof typeof REASON

/** The attributes of a message that must be understood and are not. */
export function unknownAttributes({ attributes }: StunMessage): number[] {
  const unknown = attributes.map(({ type }) => type).filter((type) => type < FIRST_OPTIONAL && !KNOWN.has(type))
  return unknown.slice(0, MAX_UNKNOWN_LISTED)
}

/** The value of UNKNOWN-ATTRIBUTES. */
export function writeUnknownAttributes(types: readonly number[]): Buffer {
  const value = Buffer.alloc(types.length * 2)
  for (const [index, type] of types.entries()) value.writeUInt16BE(type, index * 2)
  return value
}

/** The value of ERROR-CODE. */
export function writeErrorCode(code: ErrorCode): Buffer {
  return Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), Buffer.from(REASON[code])])
}

/** The value of ADDRESS-ERROR-CODE (RFC 8656 section 18.12). */
export function writeAddressError(family: Family, code: ErrorCode): Buffer {
  const value = writeErrorCode(code)
  value[0] = family
  return value
}

/** A 32-bit number, such as LIFETIME in seconds; undefined when the value has another length. */
export function readUInt32(value: Buffer | undefined): number | undefined {
  return value?.length === 4 ? value.readUInt32BE(0) : undefined
}

/** The value of LIFETIME. */
export function writeUInt32(number: number): Buffer {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(number)
  return value
}

/** REQUESTED-ADDRESS-FAMILY and its like: undefined when there is none, `unsupported` when it names no family. */
export function readFamily(value: Buffer | undefined): Family | 'unsupported' | undefined {
  if (value === undefined) return undefined
  const family = Object.values(FAMILY).find((each) => each === value[0])
  return value.length === 4 && family !== undefined ? family : 'unsupported'
}
