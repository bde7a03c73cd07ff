/** ChannelBind requests (RFC 8656 section 12). */
import { isPort, readXorAddress } from './address.ts'
import { ATTRIBUTE } from './attributes.ts'
import { FIRST_CHANNEL, LAST_CHANNEL } from './channel-data.ts'
import { refusal, success } from './context.ts'
import type { Answer, TurnContext, TurnRequest } from './context.ts'
import { permit } from './create-permission.ts'
import { attributeOf } from './stun-message.ts'

/** Binds a channel to a peer, or refreshes that, together with the permission for the peer. */
export function channelBind(context: TurnContext, { client: { allocation }, message, now }: TurnRequest): Answer {
  if (allocation === undefined) return refusal(437, 'allocation-mismatch')
  const channel = attributeOf(message, ATTRIBUTE.channelNumber)
  const address = attributeOf(message, ATTRIBUTE.xorPeerAddress)
  const peer = address && readXorAddress(address, message.transactionId)
  if (channel?.length !== 4 || peer === undefined || !isPort(peer.port)) return refusal(400, 'bad-request')
  const number = channel.readUInt16BE(0)
  if (number < FIRST_CHANNEL || number > LAST_CHANNEL) return refusal(400, 'bad-request')
  const outcome = allocation.channels.check(number, peer, now)
  if (outcome === 'conflict') return refusal(400, 'bad-request')
  if (outcome === 'full') return refusal(508, 'channel-quota')
  const refused = permit(context, allocation, [peer.address], now)
  if (refused !== undefined) return refused
  allocation.channels.bind(number, peer, now)
  return success()
}
