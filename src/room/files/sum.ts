import { FILE_BLOCK_BYTES } from '../../wire/protocol.ts'

const SUM_BYTES = 32

/** Makes a file's sum of its blocks, given in their order: SHA-256 of the SHA-256 of each. */
export class Summer {
  #sums = new Uint8Array(1024 * SUM_BYTES)
  #blocks = 0

  /** Takes the next block: FILE_BLOCK_BYTES, or less if it is the last. */
  async add(block: Uint8Array<ArrayBuffer>): Promise<void> {
    const at = this.#blocks++ * SUM_BYTES
    const sum = await crypto.subtle.digest('SHA-256', block)
    if (at + SUM_BYTES > this.#sums.length) {
      const more = new Uint8Array(2 * this.#sums.length)
      more.set(this.#sums)
      this.#sums = more
    }
    this.#sums.set(new Uint8Array(sum), at)
  }

  /** The sum as 64 hexadecimal digits. */
  async sum(): Promise<string> {
    const bytes = await crypto.subtle.digest('SHA-256', this.#sums.subarray(0, this.#blocks * SUM_BYTES))
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

/**
 * Reads a file from its beginning to its end and returns its sum; never more than a block of it is in memory.
 *
 * @throws whatever reading throws (the file was changed, or is gone); the signal's reason when that aborts
 */
export async function sumOf(file: Blob, signal: AbortSignal): Promise<string> {
  const summer = new Summer()
  for (let at = 0; at < file.size; at += FILE_BLOCK_BYTES) {
    const block = await file.slice(at, at + FILE_BLOCK_BYTES).arrayBuffer()
    signal.throwIfAborted()
    await summer.add(new Uint8Array(block))
  }
  return await summer.sum()
}
