import type { PeerKey, RoomKeys } from '../../src/wire/index.ts'

/** Seals any plaintext, as a member of the room could who does not keep to the rules. */
export async function sealPlaintext(keys: RoomKeys, from: PeerKey, plaintext: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = new TextEncoder().encode(`${keys.pubsubTopic}|${from}`)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, keys.sealingKey, new Uint8Array(plaintext))
  return Uint8Array.of(1, ...iv, ...new Uint8Array(sealed))
}
