/** When to tell somebody that nobody hears them: pure. `muted-hint.ts` shows it. */

/** Loudness of somebody who talks to the microphone: about -33 dB. */
const SPEECH = 0.45
/** This much talking, milliseconds, is no cough and no chair. */
const TALK_MS = 900
/** Talking is added up over pauses no longer than this, milliseconds. */
const PAUSE_MS = 700
/** Who was told is not told again for so long, milliseconds, unless heard in between. */
const QUIET_MS = 3 * 60_000

export interface MutedTalk {
  talkedMs: number
  /** When the last loud sample came, milliseconds. */
  loudAt: number
  /** When the last sample came. */
  at: number
  /** When the person was told last; null for never, or since unmuted. */
  toldAt: number | null
}

export const SILENT: MutedTalk = { talkedMs: 0, loudAt: -Infinity, at: -Infinity, toldAt: null }

/** What is known after one more sample of the microphone, which is open but not sent. `tell` asks to show the hint now. */
export function hearMuted(talk: MutedTalk, level: number, now: number): { talk: MutedTalk, tell: boolean } {
  const isLoud = level >= SPEECH
  const passedMs = Math.min(now - talk.at, PAUSE_MS)
  const talkedMs = isLoud ? (now - talk.loudAt <= PAUSE_MS ? talk.talkedMs + passedMs : 0) : talk.talkedMs
  const loudAt = isLoud ? now : talk.loudAt
  const tell = isLoud && talkedMs >= TALK_MS && (talk.toldAt === null || now - talk.toldAt >= QUIET_MS)
  return { talk: { talkedMs: tell ? 0 : talkedMs, loudAt, at: now, toldAt: tell ? now : talk.toldAt }, tell }
}
