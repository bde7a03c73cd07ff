/** Silence of this length, milliseconds, is an interruption: three heartbeats, and half of what the browser takes to notice. */
const SILENCE_MS = 3_000
/** From this much silence on the media packets are counted too, milliseconds: a busy page misses heartbeats, its packets flow. */
const DOUBT_MS = 1_500
/** A clock that stood still this long, milliseconds, was ours: the page slept or was throttled, and heard nothing meanwhile. */
const SLEEP_MS = 3_000

/** Tells from heartbeats and inbound media whether the peer can still be heard. Times are of one monotonic clock, milliseconds. */
export class Liveness {
  #heardAt: number
  #tickedAt: number
  #bytes: number | null = null

  constructor(nowMs: number) {
    this.#heardAt = nowMs
    this.#tickedAt = nowMs
  }

  /** Something came from the peer. */
  heard(nowMs: number): void {
    this.#heardAt = nowMs
    this.#bytes = null
  }

  isSilent(nowMs: number): boolean {
    return nowMs - this.#heardAt > SILENCE_MS
  }

  /** To be called regularly; `countBytes` gives the number of media bytes received so far, and is asked in doubt only. */
  async tick(nowMs: number, countBytes: () => Promise<number>): Promise<void> {
    if (nowMs - this.#tickedAt > SLEEP_MS) this.#heardAt = Math.max(this.#heardAt, nowMs - DOUBT_MS)
    this.#tickedAt = nowMs
    if (nowMs - this.#heardAt < DOUBT_MS) return
    const before = this.#bytes
    const bytes = await countBytes()
    if (before !== null && bytes > before) this.#heardAt = Math.max(this.#heardAt, nowMs)
    this.#bytes = bytes
  }
}
