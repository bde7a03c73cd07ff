/** How a person without a picture is shown. */
import { strings } from './strings.ts'

/** The name to show: the trimmed name, or "Guest" when there is none. */
export function displayName(name: string): string {
  return name.trim() || strings.guest
}

/** Letters of a name within a sentence: it stands in full elsewhere. */
const LONGEST_NAME = 24

/** The beginning of a name that would fill a tile. */
export function shortName(name: string): string {
  const letters = [...name]
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join('')}…` : name
}

/** One or two letters that stand for a name: of its first and its last word, whatever the script. */
export function initials(name: string): string {
  const words = displayName(name).split(/\s+/u)
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return chosen.map((word) => firstLetter(word ?? '')).join('')
}

// A code point is not always a whole letter (flags, accents, families), hence the segmenter.
function firstLetter(word: string): string {
  for (const { segment } of new Intl.Segmenter().segment(word)) return segment.toLocaleUpperCase()
  return ''
}

/** A hue, 0..359 degrees, that stays the same for the same peer. */
export function hueOf(peer: string): number {
  let hash = 0
  for (const letter of peer) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360
  return hash
}

/** The end of a peer id, which is enough to compare by eye. */
export function shortPeer(peer: string): string {
  return peer.length > 8 ? `…${peer.slice(-8)}` : peer
}
