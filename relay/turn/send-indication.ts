/** Send indications (RFC 8656 section 11). */
import { isPort, readXorAddress } from './address.ts'
import { ATTRIBUTE, unknownAttributes } from './attributes.ts'
import type { Client } from './client.ts'
import type { Counters } from './counters.ts'
import { attributeOf } from './stun-message.ts'
import type { StunMessage } from './stun-message.ts'

/** Relays the data of a Send indication, or drops it: nobody answers an indication. */
export function sendIndication(counters: Counters, { allocation }: Client, message: StunMessage, now: number): void {
  if (allocation === undefined) return counters.refuse('allocation-mismatch')
  if (unknownAttributes(message).length > 0) return counters.refuse('unknown-attribute')
  const address = attributeOf(message, ATTRIBUTE.xorPeerAddress)
  const data = attributeOf(message, ATTRIBUTE.data)
  const peer = address && readXorAddress(address, message.transactionId)
  if (peer === undefined || data === undefined || !isPort(peer.port)) return counters.refuse('bad-request')
  allocation.toPeer(data, peer.address, peer.port, now)
}
