/** Refresh requests (RFC 8656 section 8). */
import { ATTRIBUTE, readFamily, readUInt32, writeUInt32 } from './attributes.ts'
import { refusal, success } from './context.ts'
import type { Answer, TurnContext, TurnRequest } from './context.ts'
import { grantedLifetime } from './lifetime.ts'
import { attributeOf } from './stun-message.ts'

/** Prolongs an allocation, or ends it, or one family of it. */
export function refresh({ allocations }: TurnContext, { client, message, credentialEndsAt, now }: TurnRequest): Answer {
  const { allocation } = client
  if (allocation === undefined) return refusal(437, 'allocation-mismatch')
  const family = readFamily(attributeOf(message, ATTRIBUTE.requestedAddressFamily))
  if (family === 'unsupported' || family !== undefined && !allocation.has(family)) return refusal(443, 'address-family')
  const requested = readUInt32(attributeOf(message, ATTRIBUTE.lifetime))
  if (requested === 0) {
    if (family === undefined || allocation.relays.length === 1) allocations.remove(allocation)
    else allocations.removeFamily(allocation, family)
    return success({ type: ATTRIBUTE.lifetime, value: writeUInt32(0) })
  }
  const seconds = grantedLifetime(requested, (credentialEndsAt - now) / 1_000)
  allocation.expiresAt = now + seconds * 1_000
  return success({ type: ATTRIBUTE.lifetime, value: writeUInt32(seconds) })
}
