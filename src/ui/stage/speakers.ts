/** Who is in the foreground, and who comes to the first page: pure. Times are of one monotonic clock, milliseconds. */

export interface Speakers {
  /** Who speaks, or spoke last; null before anybody has. */
  active: string | null
  activeSince: number
  /** Since when each of those speaks who do. */
  since: ReadonlyMap<string, number>
  /** When everybody was last heard. */
  heardAt: ReadonlyMap<string, number>
}

export const NOBODY_YET: Speakers = { active: null, activeSince: -Infinity, since: new Map(), heardAt: new Map() }

/** A shorter word, such as "yes", moves nobody into the foreground. */
const WORD_MS = 700
/** Nobody is in the foreground for less than this. */
const LEAST_MS = 2_000
/** Who talks on for so long comes to the first page. */
const TALK_MS = 1_500

/** Takes in who speaks now. Whoever is in the foreground stays there until they stop and somebody else has begun. */
export function nextSpeakers(was: Speakers, speaking: ReadonlySet<string>, present: ReadonlySet<string>, nowMs: number): Speakers {
  const since = new Map([...speaking].map((peer) => [peer, was.since.get(peer) ?? nowMs]))
  const heardAt = new Map([...was.heardAt].filter(([peer]) => present.has(peer)))
  for (const peer of speaking) heardAt.set(peer, nowMs)
  const active = was.active !== null && present.has(was.active) ? was.active : null
  const mayChange = active === null || (!speaking.has(active) && nowMs - was.activeSince >= LEAST_MS)
  const [next] = mayChange ? longest(since, nowMs, WORD_MS) : []
  return next === undefined ? { ...was, active, since, heardAt } : { active: next, activeSince: nowMs, since, heardAt }
}

/** Those who have talked for so long that they should be seen, the longest first. */
export function talkers({ since }: Speakers, nowMs: number): string[] {
  return longest(since, nowMs, TALK_MS)
}

/** Keeps the order of those who are still here, and puts newcomers at the end. */
export function keepOrder(order: readonly string[], present: readonly string[]): string[] {
  return [...order.filter((peer) => present.includes(peer)), ...present.filter((peer) => !order.includes(peer))]
}

/**
 * Brings somebody to the first page, in exchange for the one there who was heard least lately: nobody else moves. Gives the
 * same array when there is nothing to do.
 */
export function bringForward(order: readonly string[], peer: string, firstPage: readonly string[], { heardAt }: Speakers): readonly string[] {
  if (firstPage.includes(peer)) return order
  const heard = (each: string): number => heardAt.get(each) ?? -Infinity
  const last = firstPage.at(-1)
  return last === undefined ? order : exchange(order, peer, firstPage.reduceRight((least, each) => heard(each) < heard(least) ? each : least, last))
}

/** Each takes the place of the other. */
export function exchange(order: readonly string[], a: string, b: string): readonly string[] {
  if (a === b || !order.includes(a) || !order.includes(b)) return order
  return order.map((each) => each === a ? b : each === b ? a : each)
}

function longest(since: ReadonlyMap<string, number>, nowMs: number, leastMs: number): string[] {
  return [...since].filter(([, at]) => nowMs - at >= leastMs).sort(([, a], [, b]) => a - b).map(([peer]) => peer)
}
