import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { PrivateKey } from '@libp2p/interface'
import type { CodeSigner } from '../wire/index.ts'

/** Signs codes with the key that is this peer's identity, which must be an Ed25519 one. */
export function createCodeSigner(privateKey: PrivateKey): CodeSigner {
  return {
    publicKey: privateKey.publicKey.raw,
    sign: async (bytes) => privateKey.sign(bytes),
  }
}

/** Whether an Ed25519 signature is right; also false for what is no key at all. */
export async function verifySignature(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    return await publicKeyFromRaw(publicKey).verify(bytes, signature)
  } catch {
    // Of 32 bytes not all are a point on the curve, and a stranger chose these.
    return false
  }
}
