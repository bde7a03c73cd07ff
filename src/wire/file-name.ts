import { codePoints, stripUnseen, WHITE_SPACE } from './printable.ts'
import { MAX_FILE_NAME_CODE_POINTS } from './protocol.ts'

/** What a file without a name of its own is called. */
const NAMELESS = 'file'
/** More than any system allows for a name; what is longer is cut before anything else is done with it. */
const MAX_UNITS = 1024
/** Code points of a name's ending that are kept when the name is cut. */
const MAX_ENDING = 16
/** What some system takes for a folder, a drive, a stream or a pattern. */
const SPECIAL = /[/\\:*?"<>|\u2044\u2215\u29F8\uFF0F\uFF3C]/gu
/** Names of devices on Windows, with any ending, before which spaces do not count. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d\u00B9\u00B2\u00B3])(?=$| *\.)/i
/** RFC 6838, section 4.2. */
const TYPE = /^[a-z\d][a-z\d!#$&^_.+-]{0,63}\/[a-z\d][a-z\d!#$&^_.+-]{0,63}$/

/**
 * Makes a name that can be shown and saved of what a stranger calls a file: no folder, nothing unseen (what turns the
 * direction of text would hide the true ending), no dot in front, no name of a device, at most
 * MAX_FILE_NAME_CODE_POINTS of which the ending is kept. Never empty, never throws. Idempotent.
 */
export function parseFileName(text: string): string {
  const seen = stripUnseen(text.slice(0, MAX_UNITS).replace(/[\t\n\r]/g, ' ')).normalize('NFC')
  const plain = trimmed(seen.replace(SPECIAL, '_').replace(WHITE_SPACE, ' '))
  const name = trimmed(cut(plain.replace(DEVICE, '_$&')))
  // What was taken away may have stood between two things that are something together.
  if (name !== text && name !== '') return parseFileName(name)
  return name === '' ? NAMELESS : name
}

/** A media type in lower case without parameters, or empty when the text is none. Idempotent; never throws. */
export function parseFileType(text: string): string {
  const [type = ''] = text.slice(0, MAX_UNITS).toLowerCase().split(';')
  return TYPE.test(type.trim()) ? type.trim() : ''
}

/** Without spaces at either end, dots in front, which hide a file, and behind, which some systems drop. */
function trimmed(name: string): string {
  return name.replace(/^[ .]+/, '').replace(/[ .]+$/, '')
}

function cut(name: string): string {
  const length = codePoints(name)
  if (length <= MAX_FILE_NAME_CODE_POINTS) return name
  const points = [...name]
  const dot = points.lastIndexOf('.')
  const ending = dot > 0 && length - dot <= MAX_ENDING ? points.slice(dot) : []
  return [...points.slice(0, MAX_FILE_NAME_CODE_POINTS - ending.length), ...ending].join('')
}
