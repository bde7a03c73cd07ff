/** What a line does to the packets of one direction. Pure but for the random numbers that it is given. */

/** What one direction of a line is like. */
export interface Shape {
  /** Time that each packet takes, milliseconds, and how much it varies at random; packets never overtake each other. */
  delayMs: number
  jitterMs: number
  /** Part of the packets that is lost, 0 to 1. */
  loss: number
  /** Mean number of packets lost in a row; 1 for losses that know nothing of each other. */
  burst: number
  /** What the line carries, kilobits a second, and how many bytes wait in front of it before more are dropped. */
  kbps: number
  queueBytes: number
  /** Nothing passes. */
  cut: boolean
}

/** A line that does nothing to packets. */
export const CLEAR: Shape = { delayMs: 0, jitterMs: 0, loss: 0, burst: 1, kbps: Infinity, queueBytes: Infinity, cut: false }

/** Decides about the packets of one direction, one after the other. */
export class Shaper {
  shape: Shape = CLEAR
  readonly #random: () => number
  /** When the last packet has left the queue, and when it arrives. */
  #freeMs = 0
  #lastMs = 0
  #losing = false

  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /** When a packet that comes at `nowMs` arrives at the other end; undefined when it is lost. */
  admit(bytes: number, nowMs: number): number | undefined {
    const { delayMs, jitterMs, kbps, queueBytes, cut } = this.shape
    if (cut || this.#isLost()) return undefined
    const waitMs = Math.max(0, this.#freeMs - nowMs)
    if (waitMs * kbps / 8 + bytes > queueBytes) return undefined
    this.#freeMs = nowMs + waitMs + bytes * 8 / kbps
    this.#lastMs = Math.max(this.#lastMs, this.#freeMs + delayMs + this.#random() * jitterMs)
    return this.#lastMs
  }

  /**
   * Gilbert's model: two states, all pass or none. Leaving the bad one by chance 1/burst makes bursts of that mean length;
   * entering it so often that the part lost is `loss`.
   */
  #isLost(): boolean {
    const { loss, burst } = this.shape
    if (loss <= 0) return false
    if (loss >= 1) return true
    // With bursts of 1, independent losses: two lost in a row are then as likely as chance makes them.
    if (burst <= 1) return this.#random() < loss
    this.#losing = this.#random() < (this.#losing ? 1 - 1 / burst : loss / (burst * (1 - loss)))
    return this.#losing
  }
}
