import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { KeyPair, KeyPairFiles } from '../../../relay/front/key-pair.ts'
import { selfSigned } from '../../../relay/webrtc-direct/self-signed.ts'

/** A new key and its self-signed certificate. */
export function newKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { cert: new X509Certificate(selfSigned(privateKey)).toString(), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/** A certificate's fingerprint, as the client sees it. */
export function fingerprintOf({ cert }: KeyPair): string {
  return new X509Certificate(cert).fingerprint256
}

/** Files in a folder that is gone with the test. */
export function keyPairFiles(pair: KeyPair = newKeyPair()): KeyPairFiles & { write: (pair: Partial<KeyPair>) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'parley-tls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const files = { cert: join(folder, 'fullchain.pem'), key: join(folder, 'privkey.pem') }
  const write = ({ cert, key }: Partial<KeyPair>): void => {
    if (cert !== undefined) writeFileSync(files.cert, cert)
    if (key !== undefined) writeFileSync(files.key, key)
  }
  write({ ...pair, key: createPrivateKey(pair.key).export({ type: 'pkcs8', format: 'pem' }).toString() })
  return { ...files, write }
}
