/** Whether the two ends of a link have a good conversation. Pure. */
import type { LinkQuality } from '../types.ts'
import type { PathView } from './path-sample.ts'

/** How a link has fared: what is said of it, for how long that has no longer been so, and until when nothing is said, milliseconds. */
export interface QualityState {
  quality: LinkQuality
  againstMs: number
  graceMs: number
}

export const FRESH_QUALITY: QualityState = { quality: 'good', againstMs: 0, graceMs: 0 }
/**
 * Of a link that works again: what got lost while it did not is reported up to five seconds later, and stays in smoothed
 * figures for some more.
 */
export const RECOVERED_QUALITY: QualityState = { ...FRESH_QUALITY, graceMs: 8_000 }

/** From here on people ask each other to repeat themselves: parts 0..1 lost or made up, and a round trip, milliseconds. */
const POOR = { loss: 0.08, concealed: 0.08, roundTripMs: 700 }
/** A link is good again when it is better than poor by this much. */
const MARGIN = 0.6
/** For so long it must have been otherwise before it is said, milliseconds: bad moments are many, and soon over. */
const POOR_MS = 3_000
const GOOD_MS = 6_000

/** Takes in what happened on the path in the last `elapsedMs`. */
export function nextQuality(state: QualityState, path: PathView, elapsedMs: number): QualityState {
  const { quality, againstMs, graceMs } = state
  if (graceMs > 0) return { ...state, graceMs: graceMs - elapsedMs }
  const isGood = quality === 'good'
  const scale = isGood ? 1 : MARGIN
  const isBad = Math.max(path.sentLoss, path.receivedLoss) > scale * POOR.loss || path.concealed > scale * POOR.concealed ||
    (path.roundTripMs ?? 0) > scale * POOR.roundTripMs
  if (isBad !== isGood) return { ...state, againstMs: 0 }
  const against = againstMs + elapsedMs
  if (against < (isGood ? POOR_MS : GOOD_MS)) return { ...state, againstMs: against }
  return { ...state, quality: isGood ? 'poor' : 'good', againstMs: 0 }
}
