/** Which characters can be seen. Shared by topics, which refuse the others, and names, which lose them. */

/** Scripts in which a zero width (non-)joiner between two characters changes how they are written. */
const JOINING_SCRIPTS = [
  'Adlam', 'Arabic', 'Balinese', 'Bengali', 'Devanagari', 'Gujarati', 'Gurmukhi', 'Javanese', 'Kannada', 'Khmer',
  'Malayalam', 'Mandaic', 'Mongolian', 'Myanmar', 'Nko', 'Oriya', 'Phags_Pa', 'Sinhala', 'Syriac', 'Tamil', 'Telugu',
].map((script) => String.raw`\p{Script_Extensions=${script}}`).join('')

/** Characters that cannot be seen themselves and are kept where they shape what is seen. */
const SHAPING = [
  // Flags of regions: a black flag, the region's code in tag characters, the end tag.
  String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
  String.raw`(?<=\p{Emoji}\p{Emoji_Modifier}?)\uFE0F`,
  String.raw`(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[${JOINING_SCRIPTS}])[\u200C\u200D](?=[${JOINING_SCRIPTS}])`,
  String.raw`(?<=\p{Script=Mongolian})\u180E(?=\p{Script=Mongolian})`,
].join('|')

/**
 * Control, unpaired surrogate, private use and unassigned; then what Unicode calls default ignorable (zero width and
 * bidirectional controls, fillers, variation selectors) and the marks of interlinear annotation.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]`

const SHAPING_OR_UNSEEN = new RegExp(`(${SHAPING})|${UNSEEN}`, 'gu')

/** Runs of white space; U+2800 is the space of Braille. */
export const WHITE_SPACE = /[\p{White_Space}\u2800]+/gu

/** Removes what cannot be seen, save joiners and selectors in places where they shape what is seen. Idempotent. */
export function stripUnseen(text: string): string {
  const stripped = text.replace(SHAPING_OR_UNSEEN, (_unseen, shaping?: string) => shaping ?? '')
  // What a joiner stood beside may just have gone.
  return stripped === text ? text : stripUnseen(stripped)
}

/** Length in Unicode code points. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
