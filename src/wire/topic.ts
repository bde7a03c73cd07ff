import { Refusal } from './message.ts'
import type { Topic } from './message.ts'
import { codePoints, stripUnseen, WHITE_SPACE } from './printable.ts'
import { MAX_NAME_CODE_POINTS, MAX_TOPIC_CODE_POINTS } from './protocol.ts'

/** More UTF-16 units than this are not looked at: nobody typed them. */
const MAX_TYPED_CHARS = 4096

/**
 * Normalises a topic that a person typed, so that people who mean the same reach the same room: variation selectors
 * dropped (keyboards disagree about them), Unicode NFC, lower case without regard to locale, trimmed, each inner run of
 * white space one `-`. Idempotent.
 *
 * Allowed is everything that can be seen, in any script, with emoji. Joiners are allowed where they are seen: inside
 * emoji sequences, and between characters of scripts that they shape (Persian, Hindi). A character that this browser's
 * Unicode does not know is refused, because its lower case and its normal form may differ in another browser.
 *
 * @throws {Refusal} `topic-empty`; `topic-too-long` above MAX_TOPIC_CODE_POINTS; `topic-unprintable` for controls,
 *   unpaired surrogates, private use, unassigned and invisible characters, and for `/`, `?` and `#`, which end the topic
 *   in a link
 */
export function parseTopic(text: string): Topic {
  if (text.length > MAX_TYPED_CHARS) throw new Refusal('topic-too-long', 'the topic is too long')
  const folded = text.replace(/\p{Variation_Selector}/gu, '').normalize('NFC').toLowerCase().normalize('NFC')
  const topic = folded.replace(WHITE_SPACE, ' ').trim().replaceAll(' ', '-')
  if (topic === '') throw new Refusal('topic-empty', 'the topic is empty')
  if (/[/?#]/.test(topic)) throw new Refusal('topic-unprintable', 'the topic contains a character that ends it in a link')
  if (stripUnseen(topic) !== topic) throw new Refusal('topic-unprintable', 'the topic contains what cannot be seen')
  if (codePoints(topic) > MAX_TOPIC_CODE_POINTS) throw new Refusal('topic-too-long', 'the topic is too long')
  return topic as Topic
}

/**
 * Cleans a person's name: Unicode NFC, invisible characters removed as in topics, each run of white space and controls
 * one space, trimmed, cut to MAX_NAME_CODE_POINTS. Empty when nothing that can be seen remains. Idempotent; never throws.
 */
export function parseName(text: string): string {
  const typed = text.trimStart().slice(0, MAX_TYPED_CHARS).replace(/\p{Cc}/gu, ' ')
  const name = stripUnseen(typed).normalize('NFC').replace(WHITE_SPACE, ' ').trim()
  const cut = [...name].slice(0, MAX_NAME_CODE_POINTS).join('')
  // The cut may have gone through an emoji sequence and left a joiner at the end.
  return stripUnseen(cut).trim()
}
