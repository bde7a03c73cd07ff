import { generateKeyPair, privateKeyFromProtobuf, privateKeyToProtobuf } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'

/** Where the key's bytes are kept; the browser passes IndexedDB, tests a map. */
export interface KeyStorage {
  get(): Promise<Uint8Array | undefined>
  set(bytes: Uint8Array): Promise<void>
}

/**
 * The Ed25519 key that is this peer's identity: the stored one, or a new one that is then stored.
 * A stored key that cannot be read is replaced: a person with a broken profile must still be able to call.
 */
export async function loadIdentity(storage: KeyStorage): Promise<PrivateKey> {
  const stored = await storage.get()
  if (stored !== undefined) {
    try {
      return privateKeyFromProtobuf(stored)
    } catch {
      // Unreadable bytes are as good as none: fall through to a fresh key.
    }
  }
  const key = await freshIdentity()
  await storage.set(privateKeyToProtobuf(key))
  return key
}

/** A key that is kept nowhere: for a second tab, or where storage is refused. */
export function freshIdentity(): Promise<PrivateKey> {
  return generateKeyPair('Ed25519')
}
