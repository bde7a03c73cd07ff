const MORE = 0x80
const SEVEN_BITS = 0x7f

/** Counts the length-prefixed messages in a stream's bytes as they pass. Pure; the bytes are left as they are. */
export class FrameCounter {
  /** Bytes of the present message that are still to come. */
  #body = 0
  #length = 0
  #scale = 1

  /** Takes the next bytes. Returns how many messages begin in them; a message without a body counts, too. */
  push(bytes: Uint8Array): number {
    let begun = 0
    for (let at = 0; at < bytes.length;) {
      if (this.#body > 0) {
        const skipped = Math.min(this.#body, bytes.length - at)
        this.#body -= skipped
        at += skipped
        continue
      }
      const byte = bytes[at++] ?? 0
      this.#length += (byte & SEVEN_BITS) * this.#scale
      this.#scale *= SEVEN_BITS + 1
      if ((byte & MORE) !== 0) continue
      begun++
      this.#body = this.#length
      this.#length = 0
      this.#scale = 1
    }
    return begun
  }
}
