/** Reading and writing the elements that WebM files are made of. https://www.rfc-editor.org/rfc/rfc8794 */

/** Ids of the elements that we know, their length marker included. https://www.rfc-editor.org/rfc/rfc9559#section-5 */
export const ID = {
  header: 0x1a45dfa3, segment: 0x18538067, seekHead: 0x114d9b74, seek: 0x4dbb, seekId: 0x53ab, seekPosition: 0x53ac,
  info: 0x1549a966, duration: 0x4489, tracks: 0x1654ae6b, trackEntry: 0xae, trackNumber: 0xd7, trackType: 0x83,
  cluster: 0x1f43b675, timestamp: 0xe7, simpleBlock: 0xa3, blockGroup: 0xa0, block: 0xa1,
  timestampScale: 0x2ad7b1, cues: 0x1c53bb6b, cuePoint: 0xbb, cueTime: 0xb3, cueTrackPositions: 0xb7, cueTrack: 0xf7, cueClusterPosition: 0xf1,
  voidElement: 0xec,
} as const

/** A size that was not known when it was written, in eight bytes. */
export const UNKNOWN_SIZE: readonly number[] = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

export interface ElementHead {
  id: number
  /** Bytes of its content; null where the file does not say. */
  size: number | null
  /** Bytes of the head itself. */
  length: number
}

/** The head of the element at `at`; null when the bytes end within it. @throws {RangeError} where no element begins */
export function readHead(bytes: Uint8Array, at: number): ElementHead | null {
  const idLength = lengthOf(bytes[at], 4)
  if (idLength === null || at + idLength >= bytes.length) return null
  const sizeLength = lengthOf(bytes[at + idLength], 8)
  if (sizeLength === null || at + idLength + sizeLength > bytes.length) return null
  const raw = bytes.subarray(at + idLength, at + idLength + sizeLength)
  const isUnknown = raw.every((byte, index) => byte === (index === 0 ? 0xff >> (sizeLength - 1) : 0xff))
  const first = (raw[0] ?? 0) & ((0x80 >> (sizeLength - 1)) - 1)
  const size = raw.subarray(1).reduce((sum, byte) => sum * 256 + byte, first)
  return { id: readUnsigned(bytes.subarray(at, at + idLength)), size: isUnknown ? null : size, length: idLength + sizeLength }
}

/** The first bytes that say how long an id or a size is. */
function lengthOf(first: number | undefined, most: number): number | null {
  if (first === undefined) return null
  const length = Math.clz32(first) - 23
  if (length > most) throw new RangeError('no element begins here')
  return length
}

/** A whole number, most significant byte first. */
export function readUnsigned(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The elements directly within `bytes`, which begin and end with one. @throws {RangeError} where they do not */
export function* children(bytes: Uint8Array): Generator<{ id: number, whole: Uint8Array, content: Uint8Array }> {
  for (let at = 0; at < bytes.length;) {
    const head = readHead(bytes, at)
    if (head === null || head.size === null || at + head.length + head.size > bytes.length) throw new RangeError('an element is cut')
    const end = at + head.length + head.size
    yield { id: head.id, whole: bytes.subarray(at, end), content: bytes.subarray(at + head.length, end) }
    at = end
  }
}

/** A whole element. */
export function element(id: number, ...contents: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const content = joined(contents)
  return joined([idBytes(id), content.length < 127 ? [0x80 | content.length] : sizeBytes(content.length), content])
}

export function idBytes(id: number): number[] {
  const length = id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1
  return unsigned(id, length)
}

/** A size in eight bytes, so that it fits where UNKNOWN_SIZE stood. */
export function sizeBytes(size: number): number[] {
  return [0x01, ...unsigned(size, 7)]
}

/** A whole number in so many bytes, most significant first. */
export function unsigned(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256)
}

export function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value)
  return bytes
}

/** So many bytes, two at least, that mean nothing; at most 128. */
export function filler(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes.set([ID.voidElement, 0x80 | (length - 2)])
  return bytes
}

export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
