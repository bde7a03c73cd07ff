import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { base64url } from 'multiformats/bases/base64'
import { create as createDigest } from 'multiformats/hashes/digest'
import type { KeyStorage } from '../../src/node/identity.ts'
import { selfSigned } from './self-signed.ts'

/** What the listener of @libp2p/webrtc wants. */
export interface DirectCertificate {
  /** PEM. */
  privateKey: string
  /** PEM. */
  pem: string
  /** As in multiaddrs: multibase of the multihash of the certificate. */
  certhash: string
}

const SHA2_256 = 0x12

/**
 * The relay's certificate for webrtc-direct: the one in `storage`, or a new one, which is stored. Its hash is a part of
 * the relay's addresses, so it lives as long as the relay's key; the library would make a new one every two weeks.
 *
 * @throws {Error} when what is stored is no certificate with its key
 */
export async function loadCertificate(storage: KeyStorage | undefined): Promise<DirectCertificate> {
  const stored = await storage?.get()
  if (stored !== undefined) return readCertificate(Buffer.from(stored).toString('utf8'))
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = new X509Certificate(selfSigned(privateKey)).toString()
  const text = `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${pem}`
  await storage?.set(Buffer.from(text))
  return readCertificate(text)
}

function readCertificate(text: string): DirectCertificate {
  const certificate = new X509Certificate(text)
  const key = createPrivateKey(text)
  if (!certificate.checkPrivateKey(key)) throw new Error('the webrtc-direct certificate in the data folder is not that of the key beside it')
  const digest = createDigest(SHA2_256, createHash('sha256').update(certificate.raw).digest())
  return {
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pem: certificate.toString(),
    certhash: base64url.encode(digest.bytes)
  }
}
