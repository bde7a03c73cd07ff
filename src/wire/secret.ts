import { fromBase64url, toBase64url } from './base64url.ts'
import { Refusal } from './message.ts'
import { SECRET_BYTES } from './protocol.ts'

/** Makes a room secret: SECRET_BYTES random bytes as 22 characters of unpadded base64url. */
export function newSecret(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))
}

/**
 * Reads a room secret as it stands in a link.
 *
 * @throws {Refusal} `secret-malformed` unless it is the one spelling of SECRET_BYTES bytes
 */
export function parseSecret(text: string): Uint8Array<ArrayBuffer> {
  const bytes = text.length > 2 * SECRET_BYTES ? null : fromBase64url(text)
  if (bytes?.length !== SECRET_BYTES) throw new Refusal('secret-malformed', 'the secret is not 22 characters of base64url')
  return bytes
}
