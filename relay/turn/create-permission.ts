/** CreatePermission requests (RFC 8656 section 10). */
import { familyOf, readXorAddress } from './address.ts'
import type { Allocation } from './allocation.ts'
import { ATTRIBUTE } from './attributes.ts'
import { refusal, success } from './context.ts'
import type { Answer, TurnContext, TurnRequest } from './context.ts'

/** Installs or refreshes permissions: all that the request names, or none. */
export function createPermission(context: TurnContext, { client: { allocation }, message, now }: TurnRequest): Answer {
  if (allocation === undefined) return refusal(437, 'allocation-mismatch')
  const peers = message.attributes.filter(({ type }) => type === ATTRIBUTE.xorPeerAddress)
    .map(({ value }) => readXorAddress(value, message.transactionId)?.address)
  if (peers.length === 0 || peers.includes(undefined)) return refusal(400, 'bad-request')
  return permit(context, allocation, peers.filter((peer) => peer !== undefined), now) ?? success()
}

/** Gives leave for these addresses, unless that is refused. */
export function permit(
  { reach }: TurnContext, allocation: Allocation, addresses: readonly string[], now: number
): Answer | undefined {
  if (addresses.some((address) => !allocation.has(familyOf(address)))) return refusal(443, 'address-family')
  const ways = addresses.map((address) => ({ address, way: reach(address) }))
  if (ways.some(({ way }) => way === undefined)) return refusal(403, 'peer-forbidden')
  if (!allocation.permissions.hasRoom(addresses, now)) return refusal(508, 'permission-quota')
  for (const { address, way } of ways) allocation.permissions.install(address, way === 'network', now)
  return undefined
}
