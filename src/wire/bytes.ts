/** Writing and reading of compact binary formats, big endian. */
import { Refusal } from './message.ts'

/** Collects bytes. */
export class ByteWriter {
  readonly #bytes: number[] = []

  /** Writes an unsigned number in `size` bytes, at most 4. */
  number(value: number, size: number): this {
    for (let shift = size - 1; shift >= 0; shift -= 1) this.#bytes.push(Math.floor(value / 256 ** shift) % 256)
    return this
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte)
    return this
  }

  /** Writes UTF-8 behind its length in bytes, which takes `size` bytes. */
  text(text: string, size: number): this {
    const bytes = new TextEncoder().encode(text)
    return this.number(bytes.length, size).raw(bytes)
  }

  finish(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes)
  }
}

/**
 * Reads bytes from the beginning to the end; never beyond it.
 *
 * All reading throws a Refusal, `malformed`, where the bytes end too early or are not what they should be.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  number(size: number): number {
    return this.raw(size).reduce((value, byte) => value * 256 + byte, 0)
  }

  /** A copy of the next `length` bytes. */
  raw(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.#bytes.length - this.#at) throw new Refusal('malformed', 'it ends too early')
    const bytes = new Uint8Array(this.#bytes.subarray(this.#at, this.#at + length))
    this.#at += length
    return bytes
  }

  text(size: number): string {
    const bytes = this.raw(this.number(size))
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch (cause) {
      throw new Refusal('malformed', 'not UTF-8', { cause })
    }
  }

  /** To be called at the end. */
  finish(): void {
    if (this.#at !== this.#bytes.length) throw new Refusal('malformed', 'something follows its end')
  }
}
