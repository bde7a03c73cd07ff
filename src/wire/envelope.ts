/**
 * Sealed envelopes: a version byte, a 12-byte nonce, and the AES-GCM ciphertext with its tag. The plaintext is a byte that
 * says whether what follows is deflated, and the room message as JSON.
 */
import { decodeRoomMessage, encodeRoomMessage } from './codec-room.ts'
import { deflate, inflate } from './deflate.ts'
import { Refusal } from './message.ts'
import type { PeerKey, RoomMessage } from './message.ts'
import { ENVELOPE_VERSION, MAX_MESSAGE_BYTES } from './protocol.ts'
import type { RoomKeys } from './room-key.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES

const PLAIN = 0
const DEFLATED = 1

/**
 * Seals a message of the peer `from` for the members of a room. An SDP shrinks to a quarter in it.
 *
 * @throws {Refusal} `malformed` when the message breaks a limit; `too-large` when the envelope exceeds MAX_MESSAGE_BYTES
 */
export async function seal(keys: RoomKeys, from: PeerKey, message: RoomMessage): Promise<Uint8Array<ArrayBuffer>> {
  const plaintext = await pack(encodeRoomMessage(message))
  if (HEADER_BYTES + plaintext.length + TAG_BYTES > MAX_MESSAGE_BYTES) throw tooLarge()
  const envelope = new Uint8Array(HEADER_BYTES + plaintext.length + TAG_BYTES)
  envelope[0] = ENVELOPE_VERSION
  const nonce = crypto.getRandomValues(envelope.subarray(1, HEADER_BYTES))
  const sealed = await crypto.subtle.encrypt(gcm(keys, from, nonce), keys.sealingKey, plaintext)
  envelope.set(new Uint8Array(sealed), HEADER_BYTES)
  return envelope
}

/**
 * Opens an envelope that the carrier says came from `from`. That peer id is authenticated with the ciphertext, so nobody
 * can pass off another's envelope as their own.
 *
 * @throws {Refusal} `too-large`, also when it would inflate to more than MAX_MESSAGE_BYTES; `wrong-version`;
 *   `unsealable` when it was not sealed with this room's key by `from`; `malformed`
 */
export async function open(keys: RoomKeys, from: PeerKey, bytes: Uint8Array): Promise<RoomMessage> {
  if (bytes.length > MAX_MESSAGE_BYTES) throw tooLarge()
  if (bytes.length === 0) throw new Refusal('malformed', 'an empty envelope')
  if (bytes[0] !== ENVELOPE_VERSION) throw new Refusal('wrong-version', 'an envelope of another version')
  if (bytes.length <= HEADER_BYTES + TAG_BYTES) throw new Refusal('malformed', 'an envelope without content')
  // A copy, since the bytes may lie in memory that the carrier shares or uses again.
  const envelope = new Uint8Array(bytes)
  return decodeRoomMessage(await unpack(await decrypt(keys, from, envelope)))
}

async function decrypt(
  keys: RoomKeys, from: PeerKey, envelope: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parameters = gcm(keys, from, envelope.subarray(1, HEADER_BYTES))
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters, keys.sealingKey, envelope.subarray(HEADER_BYTES)))
  } catch (cause) {
    throw new Refusal('unsealable', 'not sealed with this key by this peer', { cause })
  }
}

function gcm(keys: RoomKeys, from: PeerKey, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${keys.pubsubTopic}|${from}`) }
}

async function pack(json: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = await deflate(json)
  return deflated.length < json.length ? flagged(DEFLATED, deflated) : flagged(PLAIN, json)
}

async function unpack(plaintext: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const content = plaintext.subarray(1)
  switch (plaintext[0]) {
    case PLAIN: return content
    case DEFLATED: return await inflate(content, MAX_MESSAGE_BYTES)
    default: throw new Refusal('malformed', 'content of an unknown form')
  }
}

function flagged(flag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1 + content.length)
  bytes[0] = flag
  bytes.set(content, 1)
  return bytes
}

function tooLarge(): Refusal {
  return new Refusal('too-large', `an envelope of more than ${MAX_MESSAGE_BYTES} bytes`)
}
