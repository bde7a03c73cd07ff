/** Queue on the way that a file may cause, milliseconds: half of what RFC 6817 allows, since a call is going on. */
const TARGET_MS = 50
/** Window at the beginning and at least, bytes. */
const MIN_BYTES = 32_768
/** Window at most, bytes: 160 Mbit/s at a round trip of 200 ms. */
const MAX_BYTES = 4_194_304
/** Growth in one round trip at most, once the queue has been felt, bytes. */
const STEP_BYTES = 65_536
/** Length of a part of the time that the shortest delay is remembered, milliseconds, and how many parts: a way may become longer. */
const MEMORY_MS = 60_000
const MEMORY_PARTS = 10

/** Of so many latest delays the shortest counts (CURRENT_FILTER of RFC 6817). */
const FILTER = 4

/** Pieces are a fraction of the window, so that each arrival says something about the queue. */
const PIECES = 8
const MIN_PIECE_BYTES = 16_384

/**
 * How much of a file may be under way. The delay of an answer above the shortest one seen is the queue that we stand in, and
 * the window is steered towards TARGET_MS of it: a file takes what sound and picture leave (LEDBAT, RFC 6817). Pure.
 */
export class Pace {
  #bytes = MIN_BYTES
  /** Until the queue is felt the window doubles with each round trip. */
  #isStarting = true
  /** Shortest delays, the present part first. */
  #shortest: number[] = [Infinity]
  #partSince = -Infinity
  #latest: number[] = []
  #cutAt = -Infinity

  /** Bytes that may be asked for and not have arrived. */
  get windowBytes(): number {
    return Math.floor(this.#bytes)
  }

  /** Bytes to ask for at once, at most `max`. */
  pieceBytes(max: number): number {
    const pieces = 2 ** Math.floor(Math.log2(this.#bytes / PIECES))
    return Math.min(max, Math.max(MIN_PIECE_BYTES, pieces))
  }

  /** An answer of `bytes` bytes began `delayMs` after it was asked for. */
  answered(bytes: number, delayMs: number, now: number): void {
    this.#remember(delayMs, now)
    // A busy machine answers late now and then; what the path does, it does to all answers.
    this.#latest = [delayMs, ...this.#latest].slice(0, FILTER)
    const queueMs = Math.min(...this.#latest) - Math.min(...this.#shortest)
    if (this.#isStarting && queueMs < TARGET_MS / 2) return this.#set(this.#bytes + bytes)
    this.#isStarting = false
    // A queue far too long is not the file's alone, or an outage: half of the window, once in the time that this takes to show.
    if (queueMs > 4 * TARGET_MS) {
      if (now - this.#cutAt < delayMs) return
      this.#cutAt = now
      return this.#set(this.#bytes / 2)
    }
    const off = Math.max(-1, (TARGET_MS - queueMs) / TARGET_MS)
    this.#set(this.#bytes + off * STEP_BYTES * bytes / this.#bytes)
  }

  #set(bytes: number): void {
    this.#bytes = Math.min(MAX_BYTES, Math.max(MIN_BYTES, bytes))
  }

  #remember(delayMs: number, now: number): void {
    if (now - this.#partSince >= MEMORY_MS) {
      this.#partSince = now
      this.#shortest = [Infinity, ...this.#shortest].slice(0, MEMORY_PARTS)
    }
    this.#shortest[0] = Math.min(this.#shortest[0] ?? Infinity, delayMs)
  }
}
