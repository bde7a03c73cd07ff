/** Codes as text: what is shown, copied, scanned, pasted and opened. */
import { fromBase64url, toBase64url } from './base64url.ts'
import { Refusal } from './message.ts'
import { MAX_CODE_BYTES } from './protocol.ts'

/** Begins every code that is not in a link. */
const PREFIX = 'parley:'
/** The link's parameter. */
const PARAMETER = 'code'

/** A code, the words of a messenger around it, and line breaks. */
const MAX_PASTED_CHARS = 16_384
const MAX_CODE_CHARS = Math.ceil(MAX_CODE_BYTES * 4 / 3)

/** Writes a code as text: `parley:` and base64url. */
export function formatCode(bytes: Uint8Array): string {
  return PREFIX + toBase64url(bytes)
}

/**
 * Writes a code as a link that opens the app with it. It stands behind the `#`, which browsers do not send to servers.
 *
 * @param origin where the app is served, with or without a path and a closing slash
 */
export function formatCodeLink(origin: string, bytes: Uint8Array): string {
  return `${origin.replace(/\/$/, '')}/#/?${PARAMETER}=${toBase64url(bytes)}`
}

/**
 * Finds a code in what was pasted or scanned: a link, a code with its prefix, or the bare characters. Words around it and
 * white space inside it, which mail programs insert, do not matter.
 *
 * @throws {Refusal} `code-malformed` when there is none; `code-cut` when it ends in the middle of a byte
 */
export function parseCodeText(text: string): Uint8Array<ArrayBuffer> {
  if (text.length > MAX_PASTED_CHARS) throw notACode()
  const [, marked] = /(?:parley:|[#?&]code=)([\w-]+(?:\s*\r?\n\s*[\w-]+)*)/.exec(text) ?? []
  const characters = (marked ?? bare(text)).replace(/\s+/g, '')
  if (characters.length > MAX_CODE_CHARS) throw notACode()
  const bytes = fromBase64url(characters)
  if (bytes === null) throw new Refusal('code-cut', 'the end of the code is missing')
  return bytes
}

function bare(text: string): string {
  const trimmed = text.trim()
  // Shorter than any code: a word, an address, a link to a room.
  if (!/^[\w-]{40}[\w\s-]*$/.test(trimmed)) throw notACode()
  return trimmed
}

function notACode(): Refusal {
  return new Refusal('code-malformed', 'there is no code in it')
}
