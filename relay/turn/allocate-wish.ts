/** What an Allocate request asks for (RFC 8656 sections 7.1 and 7.2). Pure. */
import { FAMILY } from './address.ts'
import type { Family } from './address.ts'
import { ATTRIBUTE, readFamily } from './attributes.ts'
import type { ErrorCode } from './attributes.ts'
import type { Refusal } from './counters.ts'
import { attributeOf } from './stun-message.ts'
import type { StunMessage } from './stun-message.ts'

/** UDP, by its protocol number. */
const UDP = 17
const RESERVE_NEXT_BIT = 0x80
const TOKEN_BYTES = 8

/** A request that makes sense. */
export interface AllocateWish {
  readonly kind: 'wish'
  /** One, and perhaps an additional one. */
  readonly families: readonly [Family, Family?]
  readonly even: boolean
  readonly reserveNext: boolean
  /** Of a port that was reserved earlier. */
  readonly token: Buffer | undefined
}

export type ParsedAllocate = AllocateWish | { readonly kind: 'refused', readonly code: ErrorCode, readonly cause: Refusal }

const BAD_REQUEST: ParsedAllocate = { kind: 'refused', code: 400, cause: 'bad-request' }

/** Checks in the RFC's order. */
export function parseAllocate(message: StunMessage): ParsedAllocate {
  const transport = attributeOf(message, ATTRIBUTE.requestedTransport)
  if (transport?.length !== 4) return BAD_REQUEST
  if (transport[0] !== UDP) return { kind: 'refused', code: 442, cause: 'transport-protocol' }
  const token = attributeOf(message, ATTRIBUTE.reservationToken)
  const evenPort = attributeOf(message, ATTRIBUTE.evenPort)
  const requested = readFamily(attributeOf(message, ATTRIBUTE.requestedAddressFamily))
  const additional = readFamily(attributeOf(message, ATTRIBUTE.additionalAddressFamily))
  const reserveNext = ((evenPort?.[0] ?? 0) & RESERVE_NEXT_BIT) !== 0
  const malformed = token !== undefined && token.length !== TOKEN_BYTES || evenPort !== undefined && evenPort.length !== 1
  const tokenWithMore = token !== undefined && [evenPort, requested, additional].some((each) => each !== undefined)
  if (malformed || tokenWithMore || requested !== undefined && additional !== undefined) return BAD_REQUEST
  if (additional !== undefined && (additional !== FAMILY.ipv6 || reserveNext)) return BAD_REQUEST
  if (requested === 'unsupported') return { kind: 'refused', code: 440, cause: 'address-family' }
  return {
    kind: 'wish', even: evenPort !== undefined, reserveNext, token,
    families: additional === undefined ? [requested ?? FAMILY.ipv4] : [FAMILY.ipv4, additional]
  }
}
