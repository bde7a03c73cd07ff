/** A self-signed X.509 certificate (RFC 5280), as small as DTLS needs it. Pure but for the signature. */
import { createPublicKey, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const TAG = { integer: 0x02, bitString: 0x03, sequence: 0x30, set: 0x31 } as const
/** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex')
/** 2.5.4.3, common name. */
const COMMON_NAME = Buffer.from('0603550403', 'hex')
/** What browsers write into theirs: the certificate shall tell nobody apart. As UTF8String. */
const NAME = Buffer.from('0c06576562525443', 'hex')
/** UTCTime 1970 and GeneralizedTime 9999: RFC 5280 section 4.1.2.5 for what has no well-defined end. Peers check the hash. */
const VALIDITY = [Buffer.concat([Buffer.from('170d', 'hex'), Buffer.from('700101000000Z')]),
  Buffer.concat([Buffer.from('180f', 'hex'), Buffer.from('99991231235959Z')])]
const SERIAL_BYTES = 16

/** The certificate, DER, of a P-256 private key. */
export function selfSigned(key: KeyObject): Buffer {
  const algorithm = der(TAG.sequence, ECDSA_WITH_SHA256)
  const name = der(TAG.sequence, der(TAG.set, der(TAG.sequence, COMMON_NAME, NAME)))
  const serial = randomBytes(SERIAL_BYTES)
  // Positive, and without a leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const body = der(TAG.sequence, der(TAG.integer, serial), algorithm, name, der(TAG.sequence, ...VALIDITY), name, publicKey)
  return der(TAG.sequence, body, algorithm, der(TAG.bitString, Buffer.from([0]), sign('sha256', body, key)))
}

/** One element of DER: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  const head = length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), ...content])
}
