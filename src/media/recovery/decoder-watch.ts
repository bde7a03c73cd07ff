import { numberOf, type StatsEntry } from '../link/stats.ts'

/** What is done about a video of which packets arrive and no picture comes. */
export type DecoderStep = 'none' | 'ask-key-frame' | 'rebuild'

/** What one video section has received so far. */
export interface VideoSample {
  packets: number
  framesDecoded: number
}

/** Fewer packets than this since the last look are no video: the poorest has a few frames in a second. */
const MIN_PACKETS = 6
/** Without a picture this long, milliseconds, a key frame is asked for, at each look: browsers ask by themselves, but give up. */
const ASK_MS = 3_000
/** After this long, milliseconds, the decoder itself is held to be stuck. */
const REBUILD_MS = 12_000
/** Of the time between two looks only so much counts, milliseconds: a page that did not run saw no pictures meanwhile. */
const MAX_GAP_MS = 4_000
/** Until the next rebuild, milliseconds: one that did not help will hardly help again. */
const REBUILD_AGAIN_MS = 120_000

/** What the section with this `mid` has received, out of a connection's statistics; null while there is nothing. */
export function videoSample(entries: readonly StatsEntry[], mid: string | null): VideoSample | null {
  const entry = entries.find(({ type, kind, mid: its }) => type === 'inbound-rtp' && kind === 'video' && its === mid)
  if (entry === undefined || mid === null) return null
  return { packets: numberOf(entry, 'packetsReceived') ?? 0, framesDecoded: numberOf(entry, 'framesDecoded') ?? 0 }
}

/** Watches one video of the peer's for a decoder that makes nothing of what arrives. Times are of one monotonic clock. */
export class DecoderWatch {
  #last: VideoSample | null = null
  #lookedAt = 0
  #stalledMs = 0
  #rebuiltAt = -Infinity

  /** Another connection is watched from now on, or this one after a time in which nothing arrived. */
  restart(): void {
    this.#last = null
    this.#stalledMs = 0
  }

  /** Takes in the next sample, null where there is none; `expected` says whether the peer sends this video at all. */
  look(sample: VideoSample | null, expected: boolean, nowMs: number): DecoderStep {
    const last = this.#last
    const elapsedMs = Math.min(nowMs - this.#lookedAt, MAX_GAP_MS)
    this.#last = sample
    this.#lookedAt = nowMs
    const isStalled = expected && last !== null && sample !== null &&
      sample.packets - last.packets >= MIN_PACKETS && sample.framesDecoded === last.framesDecoded
    this.#stalledMs = isStalled ? this.#stalledMs + elapsedMs : 0
    if (this.#stalledMs < ASK_MS) return 'none'
    if (this.#stalledMs < REBUILD_MS || nowMs - this.#rebuiltAt < REBUILD_AGAIN_MS) return 'ask-key-frame'
    this.#rebuiltAt = nowMs
    this.#stalledMs = 0
    return 'rebuild'
  }
}
