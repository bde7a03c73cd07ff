import { toBase32 } from './base32.ts'
import type { Topic } from './message.ts'
import { DEFAULT_NETWORK, networkNames } from './network.ts'
import { topicRendezvousSeed } from './rendezvous.ts'
import { parseSecret } from './secret.ts'

/**
 * Everything derived from the room's key. Relays and DHT servers see `pubsubTopic` and hashes of `rendezvousSeed`, never
 * the topic's text.
 */
export interface RoomKeys {
  /** `parley/1/` and 52 base32 characters. */
  readonly pubsubTopic: string
  /** 32 bytes; hashed with a time bucket it gives the CID to provide and to look up. */
  readonly rendezvousSeed: Uint8Array<ArrayBuffer>
  /** AES-GCM 256, not extractable: seals presence and signaling. */
  readonly sealingKey: CryptoKey
}

/**
 * Derives a room's keys by HKDF-SHA256 (RFC 5869). Its input is the secret's bytes, or without a secret `stretch(topic)`;
 * its salt is `parley/1/private/` or `parley/1/public/` and the topic, with the network's name for `parley`; its info is `pubsub topic` or `sealing key`.
 * So neither key tells anything of the other, and a secret opens only the room of its own topic.
 *
 * @param secret as in the link; empty for a public room
 * @param stretch the costly hash of the topic, `stretchTopic` run where it blocks nobody; called only without a secret
 * @throws {Refusal} `secret-malformed`; and whatever `stretch` throws
 */
export async function deriveRoomKeys(
  topic: Topic, secret: string, stretch: (topic: Topic) => Promise<Uint8Array>, network = DEFAULT_NETWORK
): Promise<RoomKeys> {
  const material = secret === '' ? new Uint8Array(await stretch(topic)) : parseSecret(secret)
  const { topicPrefix } = networkNames(network)
  const salt = utf8(`${topicPrefix}${secret === '' ? 'public' : 'private'}/${topic}`)
  const root = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveBits', 'deriveKey'])
  const hkdf = (label: string): HkdfParams => ({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(label) })
  const [topicBits, sealingKey] = await Promise.all([
    crypto.subtle.deriveBits(hkdf('pubsub topic'), root, 256),
    crypto.subtle.deriveKey(hkdf('sealing key'), root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ])
  const pubsubTopic = topicPrefix + toBase32(new Uint8Array(topicBits))
  return { pubsubTopic, rendezvousSeed: await topicRendezvousSeed(pubsubTopic), sealingKey }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
