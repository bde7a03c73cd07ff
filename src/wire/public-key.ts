import { toBase58 } from './base58.ts'
import type { PeerKey } from './message.ts'

/** Length of an Ed25519 public key, bytes. */
export const PUBLIC_KEY_BYTES = 32
/** Length of an Ed25519 signature, bytes. */
export const SIGNATURE_BYTES = 64

/** An identity multihash of 36 bytes: the protobuf message of a public key of type Ed25519, 32 bytes long. */
const PREFIX = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20]

/** The peer key of an Ed25519 public key. https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md */
export function peerKeyOf(publicKey: Uint8Array): PeerKey {
  return toBase58(Uint8Array.of(...PREFIX, ...publicKey)) as PeerKey
}
