/** ChannelData messages (RFC 8656 section 12.4). Pure. */
import { padded } from './stun-message.ts'

/** Of the channel number and the length. */
export const CHANNEL_HEADER_BYTES = 4
/**
 * Channel numbers that may be bound. RFC 8656 section 12 stops at 0x4fff, so that nothing else on the same port is
 * mistaken for it (RFC 7983). Nothing else is on this port, and clients of RFC 5766, coturn's own too, go on to 0x7fff.
 */
export const FIRST_CHANNEL = 0x4000
export const LAST_CHANNEL = 0x7fff

const FIRST_CHANNEL_BYTE = FIRST_CHANNEL >> 8
const LAST_CHANNEL_BYTE = LAST_CHANNEL >> 8

/** Whether bytes that start like this are ChannelData; STUN messages start with two zero bits (RFC 8489 section 5). */
export function isChannelData(firstByte: number | undefined): boolean {
  return firstByte !== undefined && firstByte >= FIRST_CHANNEL_BYTE && firstByte <= LAST_CHANNEL_BYTE
}

/** The payload, as a view; undefined when the length says more than there is. Datagrams may be padded and may not. */
export function channelPayload(bytes: Buffer): Buffer | undefined {
  if (bytes.length < CHANNEL_HEADER_BYTES) return undefined
  const end = CHANNEL_HEADER_BYTES + bytes.readUInt16BE(2)
  return end > bytes.length ? undefined : bytes.subarray(CHANNEL_HEADER_BYTES, end)
}

/** A ChannelData message; over a stream it is padded to a multiple of four. */
export function writeChannelData(channel: number, data: Buffer, stream: boolean): Buffer {
  const end = CHANNEL_HEADER_BYTES + data.length
  const bytes = Buffer.allocUnsafe(stream ? padded(end) : end)
  bytes.writeUInt16BE(channel, 0)
  bytes.writeUInt16BE(data.length, 2)
  data.copy(bytes, CHANNEL_HEADER_BYTES)
  // Uninitialised memory must not leave the house.
  if (stream) bytes.fill(0, end)
  return bytes
}
