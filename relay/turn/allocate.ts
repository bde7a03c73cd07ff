/** Allocate requests (RFC 8656 sections 6 and 7). */
import { writeXorAddress } from './address.ts'
import type { Family } from './address.ts'
import { parseAllocate } from './allocate-wish.ts'
import type { AllocateWish } from './allocate-wish.ts'
import { Allocation } from './allocation.ts'
import { ATTRIBUTE, readUInt32, writeAddressError, writeUInt32 } from './attributes.ts'
import { refusal, success } from './context.ts'
import type { Answer, TurnContext, TurnRequest } from './context.ts'
import { grantedLifetime } from './lifetime.ts'
import type { RelaySocket } from './relay-socket.ts'
import { attributeOf } from './stun-message.ts'
import type { Attribute } from './stun-message.ts'

/** Makes the client's allocation. */
export async function allocate(context: TurnContext, request: TurnRequest): Promise<Answer> {
  const { client, account, message } = request
  if (client.allocation !== undefined || client.allocating) return refusal(437, 'allocation-mismatch')
  const wish = parseAllocate(message)
  if (wish.kind === 'refused') return refusal(wish.code, wish.cause)
  const [family] = wish.families
  if (wish.token === undefined && !context.relayPorts.has(family, client.localAddress)) return refusal(440, 'address-family')
  const full = context.allocations.enter(account, client.address)
  if (full !== undefined) return refusal(full === 'capacity' ? 508 : 486, full)
  client.allocating = true
  client.hold()
  const opened = await open(context, request, wish)
  client.allocating = false
  if (opened === undefined || !client.connected || context.signal.aborted) {
    for (const socket of [...opened?.relays ?? [], opened?.next]) socket?.close()
    context.allocations.leave(account, client.address)
    client.release()
    return refusal(508, 'capacity')
  }
  return admit(context, request, opened)
}

interface Opened {
  relays: RelaySocket[]
  /** Bound for a second allocation. */
  next: RelaySocket | undefined
  /** Asked for in addition, and not to be had. */
  missing: Family | undefined
}

/** The sockets of an allocation. Undefined when there are none. */
async function open(context: TurnContext, request: TurnRequest, wish: AllocateWish): Promise<Opened | undefined> {
  const { relayPorts, reservations } = context
  const { client, account, now } = request
  if (wish.token !== undefined) {
    const relay = reservations.take(wish.token, account.user, now)
    return relay && { relays: [relay], next: undefined, missing: undefined }
  }
  const withNext = wish.reserveNext
  if (withNext && !reservations.hasRoom(account.user)) return undefined
  const [family, additional] = wish.families
  const { localAddress } = client
  const first = await relayPorts.open({ family, localAddress, even: wish.even, withNext })
  if (first === undefined) return undefined
  if (additional === undefined) return { relays: [first.relay], next: first.next, missing: undefined }
  const second = await relayPorts.open({ family: additional, localAddress, even: false, withNext: false })
  return second === undefined
    ? { relays: [first.relay], next: undefined, missing: additional }
    : { relays: [first.relay, second.relay], next: undefined, missing: undefined }
}

function admit(context: TurnContext, request: TurnRequest, { relays, next, missing }: Opened): Answer {
  const { allocations, reservations, settings, counters, listensAt } = context
  const { client, account, message, credentialEndsAt, now } = request
  const { transactionId } = message
  const seconds = grantedLifetime(readUInt32(attributeOf(message, ATTRIBUTE.lifetime)), (credentialEndsAt - now) / 1_000)
  allocations.add(new Allocation({
    client, account, relays, counters, limits: settings.limits, expiresAt: performance.now() + seconds * 1_000,
    relayedAt: (address, port) => allocations.relayedAt(address, port), listensAt
  }))
  const attributes: Attribute[] = [
    ...relays.map(({ reported }) => ({ type: ATTRIBUTE.xorRelayedAddress, value: writeXorAddress(reported, transactionId) })),
    { type: ATTRIBUTE.lifetime, value: writeUInt32(seconds) },
    { type: ATTRIBUTE.xorMappedAddress, value: writeXorAddress(client, transactionId) }
  ]
  if (next !== undefined) attributes.push({ type: ATTRIBUTE.reservationToken, value: reservations.keep(next, account.user, now) })
  if (missing !== undefined) attributes.push({ type: ATTRIBUTE.addressErrorCode, value: writeAddressError(missing, 440) })
  return success(...attributes)
}
