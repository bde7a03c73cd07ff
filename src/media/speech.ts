/** Whether somebody speaks, out of how loud it is. Pure. */

/** What is known of one voice. Times are of one monotonic clock, milliseconds. */
export interface Speech {
  isSpeaking: boolean
  /** Since when there has been some sound; null while there is none. */
  soundSince: number | null
  /** When it was loud last. */
  loudAt: number
}

export const SILENT: Speech = { isSpeaking: false, soundSince: null, loudAt: -Infinity }

/** Nothing below this counts, 0..1 as `loudness` says it: a room with a fan in it is at about -50 dB. */
const SOUND = 0.18
/** Speech into a microphone reaches this all the time, and a neighbour's does not: -42 dB. */
const LOUD = 0.3
/** A knock or a key is shorter than this, milliseconds. */
const BEGIN_MS = 250
/** A pause for breath is shorter than this, milliseconds. */
const END_MS = 1_000

/** Takes in how loud it is now, 0..1. It takes a moment to begin, and a longer one to end, so that a ring does not flicker. */
export function nextSpeech(was: Speech, loudness: number, nowMs: number): Speech {
  const soundSince = loudness < SOUND ? null : was.soundSince ?? nowMs
  const isLoud = loudness >= LOUD
  const loudAt = isLoud ? nowMs : was.loudAt
  if (was.isSpeaking) return { isSpeaking: nowMs - loudAt < END_MS, soundSince, loudAt }
  return { isSpeaking: isLoud && soundSince !== null && nowMs - soundSince >= BEGIN_MS, soundSince, loudAt }
}

/**
 * Loudness 0..1 of an RTP packet's audio level, which is linear: 0 at -60 dB and below, 1 at full scale.
 * https://www.w3.org/TR/webrtc/#dom-rtcrtpcontributingsource-audiolevel
 */
export function loudnessOf(audioLevel: number): number {
  return audioLevel > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(audioLevel) / 3)) : 0
}
