/** STUN messages and ChannelData out of a byte stream (RFC 8489 section 6.2.2, RFC 8656 section 12.5). Pure. */
import { isChannelData } from './channel-data.ts'
import { HEADER_BYTES, padded } from './stun-message.ts'

/** Enough of a frame to know how long it is. */
const PREFIX_BYTES = 4

/** The length of a frame that starts with these four bytes; undefined when neither STUN nor ChannelData starts like that. */
function frameLength(bytes: Buffer, at: number): number | undefined {
  const first = bytes[at] ?? 0
  const length = bytes.readUInt16BE(at + 2)
  if (isChannelData(first)) return PREFIX_BYTES + padded(length)
  return first < 0x40 && length % 4 === 0 ? HEADER_BYTES + length : undefined
}

/** The longest frame that is read now, header included, of STUN or of ChannelData; bytes. */
export type MaxFrame = (kind: 'stun' | 'channel') => number

/** Whether a frame of this length that starts like this may be read. */
function isAllowed(length: number | undefined, firstByte: number | undefined, max: MaxFrame): length is number {
  return length !== undefined && length <= max(isChannelData(firstByte) ? 'channel' : 'stun')
}

/** Cuts one stream into frames. It holds at most one unfinished frame, which is no longer than the caller allows. */
export class FrameReader {
  /** The unfinished frame, with room for all of it once its length is known. */
  #partial = Buffer.alloc(0)
  #filled = 0

  /** Bytes held for an unfinished frame. */
  get heldBytes(): number {
    return this.#partial.length
  }

  /**
   * Takes what arrived and hands out each whole frame, in order; frames are views or copies that the reader no longer
   * touches. False when the stream is not STUN, or a frame is longer than `max` says: it cannot be read any further.
   */
  push(chunk: Buffer, max: MaxFrame, onFrame: (frame: Buffer) => void): boolean {
    let at = 0
    while (at < chunk.length) {
      if (this.#filled === 0 && chunk.length - at >= PREFIX_BYTES) {
        const length = frameLength(chunk, at)
        if (!isAllowed(length, chunk[at], max)) return false
        if (at + length <= chunk.length) {
          onFrame(chunk.subarray(at, at + length))
          at += length
          continue
        }
      }
      const taken = this.#continue(chunk, at, max, onFrame)
      if (taken === undefined) return false
      at += taken
    }
    return true
  }

  /** Adds to the unfinished frame: first its four bytes, then the rest. Returns how much of the chunk it took. */
  #continue(chunk: Buffer, at: number, max: MaxFrame, onFrame: (frame: Buffer) => void): number | undefined {
    if (this.#filled === 0) this.#partial = Buffer.allocUnsafe(PREFIX_BYTES)
    const taken = chunk.copy(this.#partial, this.#filled, at)
    this.#filled += taken
    if (this.#filled < this.#partial.length) return taken
    const length = frameLength(this.#partial, 0)
    if (!isAllowed(length, this.#partial[0], max)) return undefined
    if (this.#filled < length) {
      const whole = Buffer.allocUnsafe(length)
      this.#partial.copy(whole)
      this.#partial = whole
      return taken
    }
    const frame = this.#partial
    this.#partial = Buffer.alloc(0)
    this.#filled = 0
    onFrame(frame)
    return taken
  }
}
