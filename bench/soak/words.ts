/** What members say: as long as the real messages, but only a kind and a number long in content. */

/** A member's hellos, and what it says besides when it comes into a room. */
export type WordKind = 'hello' | 'offer'

/** A message, and the number under which it is accounted for. */
export interface Word {
  kind: WordKind
  number: number
}

const KINDS = ['hello', 'offer'] as const
const HEAD_BYTES = 5

/** Sealed and signed hellos are about this long; an offer with video and its candidates is 20 KB. */
const LENGTH_BYTES: Record<WordKind, number> = { hello: 450, offer: 20_000 }

/** Random bytes after the head, as of ciphertext: nothing on the way could compress them. */
export function encodeWord({ kind, number }: Word): Uint8Array {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH_BYTES[kind]))
  bytes[0] = KINDS.indexOf(kind)
  new DataView(bytes.buffer).setUint32(1, number)
  return bytes
}

/** @throws {RangeError} when the bytes are no word */
export function decodeWord(bytes: Uint8Array): Word {
  const kind = KINDS[bytes[0] ?? NaN]
  if (kind === undefined || bytes.length < HEAD_BYTES) throw new RangeError('not a word')
  return { kind, number: new DataView(bytes.buffer, bytes.byteOffset).getUint32(1) }
}
