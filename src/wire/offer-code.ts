/**
 * Codes: what two people hand to each other, as text or as a picture, to be connected without any relay. An *invitation*
 * is an offer and the room that it leads into; a *reply* is the answer to one invitation.
 *
 * A code does not hold an SDP description. The connection that it opens carries a data channel and nothing else, and of
 * such a description only ICE credentials, DTLS fingerprint and candidates differ from case to case: about 100 bytes, where
 * the SDP of a media connection takes 7 KB, or 1.5 KB deflated. Media is negotiated over that data channel, in full.
 *
 * It is signed and not sealed. There is no key yet that the two share: who sees an invitation may enter the room, as with
 * the link of a private call. The signature says whose code it is; as it covers the fingerprint, and the reply names the
 * invitation by a hash, nobody who merely sees codes can get between the two.
 */
import { ByteReader, ByteWriter } from './bytes.ts'
import { readIce, writeIce } from './code-ice.ts'
import type { CodeIce } from './code-ice.ts'
import { Refusal } from './message.ts'
import type { PeerKey, Topic } from './message.ts'
import { DEFAULT_NETWORK, networkNames } from './network.ts'
import { CODE_CLOCK_TOLERANCE_S, CODE_ID_BYTES, CODE_LIFETIME_S, CODE_VERSION, MAX_CODE_BYTES, SECRET_BYTES } from './protocol.ts'
import { peerKeyOf, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from './public-key.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { parseName, parseTopic } from './topic.ts'

/** The kinds; the position is the number on the wire. */
const KINDS = ['invitation', 'reply'] as const
/** Version and kind, length of the whole. */
const HEADER_BYTES = 3

interface CodeFields {
  /** Seconds since 1970, by the sender's clock. */
  expiresAt: number
  /** The sender's name, cleaned. */
  name: string
  ice: CodeIce
}

/** "Come in: here is how to reach me, and the room." */
export interface InvitationFields extends CodeFields {
  kind: 'invitation'
  topic: Topic
  /** As in a link; empty for a public room. */
  secret: string
}

/** "Here is how to reach me", in answer to one invitation. */
export interface ReplyFields extends CodeFields {
  kind: 'reply'
  /** `codeId` of the invitation. */
  invitation: string
}

/** A code that was read: its signature held. */
export type Code = (InvitationFields | ReplyFields) & {
  /** Whose signature it was. */
  from: PeerKey
}

/** The key that is our identity. */
export interface CodeSigner {
  /** Ed25519, PUBLIC_KEY_BYTES. */
  readonly publicKey: Uint8Array
  /** Signs by Ed25519 (RFC 8032). */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** Whether an Ed25519 signature is right; rejects for nothing. */
export type VerifySignature = (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => Promise<boolean>

/**
 * Writes and signs a code.
 *
 * @param network codes of one network mean nothing in another
 * @throws {Refusal} `malformed` for what no code can carry; `too-large` above MAX_CODE_BYTES
 */
export async function encodeCode(
  fields: InvitationFields | ReplyFields, signer: CodeSigner, network = DEFAULT_NETWORK,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = writeBody(fields, signer.publicKey)
  const length = HEADER_BYTES + body.length + SIGNATURE_BYTES
  if (length > MAX_CODE_BYTES) throw new Refusal('too-large', `a code of more than ${MAX_CODE_BYTES} bytes`)
  const head = CODE_VERSION * 16 + KINDS.indexOf(fields.kind)
  const unsigned = new ByteWriter().number(head, 1).number(length, 2).raw(body).finish()
  const signature = await signer.sign(signedBytes(unsigned, network))
  return new ByteWriter().raw(unsigned).raw(signature).finish()
}

/**
 * Reads a code: size, then shape, then signature. Whether it is still good is for `checkCodeTime` to say.
 *
 * @throws {Refusal} `code-malformed` for what is no code at all; `code-version`; `code-cut` when the end is missing;
 *   `code-damaged` when the content or its signature is wrong
 */
export async function decodeCode(bytes: Uint8Array, verify: VerifySignature, network = DEFAULT_NETWORK): Promise<Code> {
  if (bytes.length < HEADER_BYTES || bytes.length > MAX_CODE_BYTES) throw new Refusal('code-malformed', 'not the size of a code')
  const head = new ByteReader(bytes.subarray(0, HEADER_BYTES))
  const first = head.number(1)
  const length = head.number(2)
  if (first >> 4 !== CODE_VERSION) throw new Refusal('code-version', 'a code of another version')
  if (bytes.length < length) throw new Refusal('code-cut', 'the end of the code is missing')
  const unsigned = bytes.subarray(0, Math.max(0, length - SIGNATURE_BYTES))
  const body = unsigned.subarray(HEADER_BYTES)
  try {
    const kind = KINDS[first & 15]
    if (bytes.length > length || kind === undefined) throw new Refusal('malformed', 'not a code')
    const code = readBody(kind, body)
    const publicKey = body.subarray(0, PUBLIC_KEY_BYTES)
    const signature = bytes.subarray(unsigned.length)
    const isGenuine = await verify(publicKey, signedBytes(unsigned, network), signature)
    if (!isGenuine) throw new Refusal('malformed', 'the signature is wrong')
    return code
  } catch (cause) {
    throw cause instanceof Refusal ? new Refusal('code-damaged', 'the code is damaged', { cause }) : cause
  }
}

/**
 * Checks that a code of somebody else is good at this time.
 *
 * @param nowMs our clock, milliseconds since 1970
 * @throws {Refusal} `code-expired`; `code-clock` when it is good for longer than any code: one of the clocks is wrong
 */
export function checkCodeTime({ expiresAt }: Pick<Code, 'expiresAt'>, nowMs: number): void {
  const leftS = expiresAt - nowMs / 1000
  if (leftS < -CODE_CLOCK_TOLERANCE_S) throw new Refusal('code-expired', 'the code is too old')
  if (leftS > CODE_LIFETIME_S + CODE_CLOCK_TOLERANCE_S) throw new Refusal('code-clock', 'the code is from the future')
}

/** What a reply calls its invitation: the beginning of the SHA-256 of its bytes, as base64url. */
export async function codeId(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return toBase64url(new Uint8Array(digest, 0, CODE_ID_BYTES))
}

function writeBody(fields: InvitationFields | ReplyFields, publicKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter().raw(publicKey).number(fields.expiresAt, 4).text(fields.name, 1)
  if (fields.kind === 'reply') writer.raw(bytesOf(fields.invitation, CODE_ID_BYTES))
  else {
    writer.text(fields.topic, 2).number(fields.secret === '' ? 0 : 1, 1)
    if (fields.secret !== '') writer.raw(bytesOf(fields.secret, SECRET_BYTES))
  }
  writeIce(writer, fields.ice)
  return writer.finish()
}

function readBody(kind: typeof KINDS[number], body: Uint8Array): Code {
  const reader = new ByteReader(body)
  const from = peerKeyOf(reader.raw(PUBLIC_KEY_BYTES))
  const expiresAt = reader.number(4)
  const name = parseName(reader.text(1))
  const place = kind === 'reply'
    ? { kind, invitation: toBase64url(reader.raw(CODE_ID_BYTES)) }
    : { kind, topic: readTopic(reader), secret: readSecret(reader) }
  const ice = readIce(reader)
  reader.finish()
  return { ...place, from, expiresAt, name, ice }
}

function readTopic(reader: ByteReader): Topic {
  const text = reader.text(2)
  const topic = parseTopic(text)
  if (topic !== text) throw new Refusal('malformed', 'a topic that is not normalised')
  return topic
}

function readSecret(reader: ByteReader): string {
  switch (reader.number(1)) {
    case 0: return ''
    case 1: return toBase64url(reader.raw(SECRET_BYTES))
    default: throw new Refusal('malformed', 'neither with nor without a secret')
  }
}

function bytesOf(text: string, length: number): Uint8Array {
  const bytes = fromBase64url(text)
  if (bytes?.length !== length) throw new Refusal('malformed', `not ${length} bytes of base64url`)
  return bytes
}

/** What is signed begins with words that nothing else that this key signs begins with. */
function signedBytes(unsigned: Uint8Array, network: string): Uint8Array<ArrayBuffer> {
  const purpose = new TextEncoder().encode(`${networkNames(network).topicPrefix}code/`)
  return new ByteWriter().raw(purpose).raw(unsigned).finish()
}
