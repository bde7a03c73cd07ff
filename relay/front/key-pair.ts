import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConfigError } from '../config/types.ts'
import type { TlsConfig } from '../config/types.ts'

/** A certificate, with those of its issuers, and its private key: PEM. */
export interface KeyPair {
  cert: string
  key: string
}

/** Where a certificate and its key are. */
export type KeyPairFiles = Pick<Extract<TlsConfig, { kind: 'files' }>, 'cert' | 'key'>

/**
 * Reads a certificate and its key, and makes sure that they belong together.
 *
 * @throws {ConfigError} when a file cannot be read, is not what it should be, or the two do not match
 */
export async function readKeyPair(files: KeyPairFiles): Promise<KeyPair> {
  const [cert, key] = await Promise.all([readText(files.cert), readText(files.key)])
  checkKeyPair({ cert, key }, files)
  return { cert, key }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EACCES' ? 'may not be read by this user' : `cannot be read (${code})`
    throw new ConfigError(`The file ${path} ${why}: give the certificate and its private key, as PEM.`, { cause })
  }
}

function checkKeyPair({ cert, key }: KeyPair, files: KeyPairFiles): void {
  const certificate = parse(files.cert, 'certificate', () => new X509Certificate(cert))
  const privateKey: KeyObject = parse(files.key, 'private key without a password', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigError(`The certificate ${files.cert} and the key ${files.key} do not belong together: give the key that it was made for.`)
  }
}

function parse<T>(path: string, what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new ConfigError(`The file ${path} holds no ${what} as PEM.`, { cause })
  }
}
