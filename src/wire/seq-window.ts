/** How far behind the highest number a message may arrive. Hours of messages, since carriers differ by seconds. */
export const SEQ_WINDOW = 1024

/** Remembers which sequence numbers have been seen, in 128 bytes: a sliding window as in RFC 6479. */
export class SeqWindow {
  #highest = -1
  readonly #seen = new Uint32Array(SEQ_WINDOW / 32)

  /** Takes note of a number; false when it was seen before or lies SEQ_WINDOW or more behind the highest. */
  add(seq: number): boolean {
    if (seq <= this.#highest - SEQ_WINDOW) return false
    if (seq > this.#highest) this.#advance(seq)
    const { word, bit } = place(seq)
    const before = this.#seen[word] ?? 0
    this.#seen[word] = before | bit
    return (before & bit) === 0
  }

  #advance(seq: number): void {
    if (seq - this.#highest >= SEQ_WINDOW) this.#seen.fill(0)
    else for (let next = this.#highest + 1; next <= seq; next += 1) this.#forget(next)
    this.#highest = seq
  }

  #forget(seq: number): void {
    const { word, bit } = place(seq)
    this.#seen[word] = (this.#seen[word] ?? 0) & ~bit
  }
}

function place(seq: number): { word: number, bit: number } {
  const slot = seq % SEQ_WINDOW
  return { word: slot >>> 5, bit: 1 << (slot & 31) }
}
