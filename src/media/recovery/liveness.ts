/**
 * Silence of this length, milliseconds, is an interruption: two heartbeats and some slack. Whatever else arrives counts as
 * well, so that a peer whose page is busy, or whose heartbeats wait behind a lost packet, is not called silent.
 */
const SILENCE_MS = 1_250
/** From this much silence on the bytes that arrive are counted, milliseconds: one heartbeat is missing. */
const DOUBT_MS = 750
/** Of the time between two looks only so much counts, milliseconds: a page that did not run heard nothing meanwhile. */
const MAX_GAP_MS = 500

/** Tells from heartbeats and inbound bytes whether the peer can still be heard. Times are of one monotonic clock, milliseconds. */
export class Liveness {
  #heardAt: number
  #provenAt = -Infinity
  #tickedAt: number
  #bytes: number | null = null
  #counting = false
  #doubtful = false
  #silent = false

  constructor(nowMs: number) {
    this.#heardAt = nowMs
    this.#tickedAt = nowMs
  }

  /** Nothing came for so long that it is an interruption. Decided by `tick`, ended by `heard`. */
  get isSilent(): boolean {
    return this.#silent
  }

  /** One heartbeat is missing, and nothing else came instead: silence may follow. Decided and ended likewise. */
  get isDoubtful(): boolean {
    return this.#doubtful
  }

  /** When something is last known to have come. */
  get provenAt(): number {
    return this.#provenAt
  }

  /** Something came from the peer. */
  heard(nowMs: number): void {
    this.#heardAt = this.#provenAt = nowMs
    this.#bytes = null
    this.#doubtful = this.#silent = false
  }

  /** There is reason to believe that nothing comes any more: what was heard until now counts little. */
  suspect(nowMs: number): void {
    this.#heardAt = Math.min(this.#heardAt, nowMs - DOUBT_MS)
  }

  /**
   * To be called four times a second; `countBytes` gives the number of bytes received so far, and is asked in doubt only.
   * A count that is slow holds the verdict up: on a machine that is short of time nothing is known without it.
   */
  async tick(nowMs: number, countBytes: () => Promise<number>): Promise<void> {
    const missedMs = Math.max(0, nowMs - this.#tickedAt - MAX_GAP_MS)
    this.#heardAt = Math.min(nowMs, this.#heardAt + missedMs)
    this.#tickedAt = nowMs
    if (nowMs - this.#heardAt < DOUBT_MS || this.#counting) return
    const heardAt = this.#heardAt
    this.#counting = true
    try {
      this.#judge(await countBytes(), heardAt, nowMs)
    } finally {
      this.#counting = false
    }
  }

  #judge(bytes: number, heardAt: number, nowMs: number): void {
    // Heard while the bytes were counted: no doubt is left.
    if (this.#heardAt > heardAt) return
    const before = this.#bytes
    this.#bytes = bytes
    if (before === null) return
    this.#doubtful = bytes <= before
    if (!this.#doubtful) {
      this.#heardAt = this.#provenAt = nowMs
      this.#silent = false
    } else if (nowMs - this.#heardAt >= SILENCE_MS) this.#silent = true
  }
}
