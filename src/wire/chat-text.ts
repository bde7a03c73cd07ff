import { codePoints } from './printable.ts'
import { MAX_CHAT_CODE_POINTS } from './protocol.ts'

/** Controls but tab and line feed, unpaired surrogates, and what would turn the direction of text that follows. */
const UNWANTED = /(?![\t\n])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu

/**
 * Cleans a chat text: line ends become line feeds, and control characters other than tab and line feed, unpaired
 * surrogates and bidirectional embeddings are removed. Null when nothing but white space is left, or when it is longer
 * than MAX_CHAT_CODE_POINTS. Idempotent; never throws.
 */
export function parseChatText(text: string): string | null {
  if (text.length > 2 * MAX_CHAT_CODE_POINTS) return null
  const cleaned = text.replace(/\r\n?/g, '\n').replace(UNWANTED, '')
  return cleaned.trim() === '' || codePoints(cleaned) > MAX_CHAT_CODE_POINTS ? null : cleaned
}
