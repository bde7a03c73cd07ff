/** What is told of a call after it. */

/** A stretch in which somebody, or everybody, could not be reached. */
export interface Trouble {
  /** Empty when it was everybody. */
  name: string
  /** Milliseconds since 1970, and how long it lasted. */
  at: number
  lastedMs: number
}

export interface CallSummary {
  topic: string
  /** Milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** Names of those met, in order of arrival: at most MOST_PEOPLE. */
  people: readonly string[]
  /** As of a few seconds before the end. */
  receivedBytes: number
  sentBytes: number
  /** Part of the time with others in which a relay carried sound and picture, 0..1; null when nobody was there. */
  relayed: number | null
  /** The longest reaction time, milliseconds; null before any was measured. */
  worstRoundTripMs: number | null
  /** The longest first, three at most. */
  troubles: readonly Trouble[]
}
