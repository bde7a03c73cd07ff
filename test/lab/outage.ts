/** What a list of the times of pictures tells about a fault. Pure. */

/** Without a new picture for so long, a person sees that something is wrong; busy machines stay below it. Milliseconds. */
export const BREAK_MS = 500

export interface Outage {
  /** From the fault to the first picture after the last break; 0 when there was no break. Milliseconds, as below. */
  untilFlowMs: number
  /** The longest time without a picture. */
  longestMs: number
  /** How long pictures have been flowing without a break. */
  steadyMs: number
}

/** Reads the times of new pictures at and after the fault, in order; undefined while none come. All in milliseconds of one clock. */
export function outageOf(times: readonly number[], faultMs: number, nowMs: number): Outage | undefined {
  let [untilFlowMs, longestMs, last] = [0, 0, faultMs]
  for (const at of times) {
    const gap = at - last
    if (gap > BREAK_MS) untilFlowMs = at - faultMs
    longestMs = Math.max(longestMs, gap)
    last = at
  }
  if (nowMs - last > BREAK_MS) return undefined
  return { untilFlowMs, longestMs, steadyMs: nowMs - faultMs - untilFlowMs }
}
