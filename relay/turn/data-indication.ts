/** Data indications (RFC 8656 section 11.3). Pure. */
import { randomBytes } from 'node:crypto'
import { writeXorAddress } from './address.ts'
import { ATTRIBUTE } from './attributes.ts'
import { ATTRIBUTE_HEADER_BYTES, CLASS, HEADER_BYTES, METHOD, padded, writeHeader } from './stun-message.ts'

/** Nobody answers an indication, so its transaction id need only differ from the last one. */
const transactionId = randomBytes(12)

/** A datagram that came from a peer, for a client that has no channel for it. */
export function writeDataIndication(address: string, port: number, data: Buffer): Buffer {
  transactionId.writeUInt32LE((transactionId.readUInt32LE(8) + 1) >>> 0, 8)
  const peer = writeXorAddress({ address, port }, transactionId)
  const dataAt = HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + peer.length
  const end = dataAt + ATTRIBUTE_HEADER_BYTES + data.length
  const bytes = Buffer.allocUnsafe(padded(end))
  writeHeader(bytes, METHOD.data, CLASS.indication, transactionId)
  bytes.writeUInt16BE(ATTRIBUTE.xorPeerAddress, HEADER_BYTES)
  bytes.writeUInt16BE(peer.length, HEADER_BYTES + 2)
  peer.copy(bytes, HEADER_BYTES + ATTRIBUTE_HEADER_BYTES)
  bytes.writeUInt16BE(ATTRIBUTE.data, dataAt)
  bytes.writeUInt16BE(data.length, dataAt + 2)
  data.copy(bytes, dataAt + ATTRIBUTE_HEADER_BYTES)
  // Uninitialised memory must not leave the house.
  bytes.fill(0, end)
  return bytes
}
