import type { Tally } from './delivery.ts'

/** What became of a crowd so far. Plain data: it travels between processes. */
export interface CrowdStats {
  /** Connected now. */
  connected: number
  /** Connections that came about. */
  connections: number
  /** Rooms that were entered. */
  entries: number
  /** Connections that ended although the client wanted to stay. */
  lost: number
  /** What was not granted, and how often: `connection`, `reservation`, `topic`. */
  refused: Record<string, number>
  /** Why, in the words of the last error of each kind. */
  reasons: Record<string, string>
  /** Messages by kind. */
  words: Record<string, Tally>
}

/** A crowd that has not begun. */
export function emptyStats(): CrowdStats {
  return { connected: 0, connections: 0, entries: 0, lost: 0, refused: {}, reasons: {}, words: {} }
}

/** The crowds of several processes as one. */
export function sumStats(all: readonly CrowdStats[]): CrowdStats {
  const sum = emptyStats()
  for (const stats of all) {
    for (const key of ['connected', 'connections', 'entries', 'lost'] as const) sum[key] += stats[key]
    for (const [what, count] of Object.entries(stats.refused)) sum.refused[what] = (sum.refused[what] ?? 0) + count
    Object.assign(sum.reasons, stats.reasons)
    for (const [kind, { expected, delivered }] of Object.entries(stats.words)) {
      const before = sum.words[kind] ?? { expected: 0, delivered: 0 }
      sum.words[kind] = { expected: before.expected + expected, delivered: before.delivered + delivered }
    }
  }
  return sum
}

/** Everything that was refused. */
export function refusedInAll({ refused }: CrowdStats): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0)
}

/** Delivered of expected in percent, of this kind of messages; a dash of none. */
export function deliveredShare({ words }: CrowdStats, kind: string): string {
  const { expected, delivered } = words[kind] ?? { expected: 0, delivered: 0 }
  // Cut, not rounded: 100 must mean all.
  return expected === 0 ? '-' : `${(Math.floor(delivered / expected * 100_000) / 1_000).toFixed(3)} % of ${expected}`
}
