import type { ReadableFile } from './take-file.ts'
import type { RecordedFile, RecordingAbout } from './types.ts'

/** Reads what is written beside a recording's files; null where it is none of ours, or of a later version. */
export function readAbout(text: string): RecordingAbout | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Written half as the page was closed.
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  const { id, topic, kind, startedAt, endedAt, files } = value as Record<string, unknown>
  if (typeof id !== 'string' || typeof topic !== 'string' || typeof startedAt !== 'number') return null
  if ((kind !== 'mixed' && kind !== 'separate') || (endedAt !== null && typeof endedAt !== 'number')) return null
  if (!Array.isArray(files) || !files.every(isFile)) return null
  return { id, topic, kind, startedAt, endedAt, files }
}

function isFile(value: unknown): value is RecordedFile {
  if (typeof value !== 'object' || value === null) return false
  const { name, person, startMs } = value as Record<string, unknown>
  return typeof name === 'string' && typeof person === 'string' && typeof startMs === 'number'
}

/** Room kept in the file for what is still to be said, bytes: on a full disk it does not grow any more. */
const SPARE_BYTES = 1024
const BLANK = 0x20

/**
 * Writes what describes a recording over what stood there, which stays until there is room for the new text: nobody finds
 * a recording without. What is left of the room is blank, which JSON may be.
 *
 * @throws whatever writing throws, above all when the disk is full
 */
export function writeAbout(file: ReadableFile, text: string): void {
  const bytes = new TextEncoder().encode(text)
  const room = file.size()
  if (bytes.length > room) file.write(new Uint8Array(bytes.length + SPARE_BYTES - room).fill(BLANK), room)
  const filled = new Uint8Array(file.size()).fill(BLANK)
  filled.set(bytes)
  file.write(filled, 0)
}

/** No file system takes a name of more than 255 bytes, of which some are for an ending and for a number. */
const MAX_STEM_BYTES = 200

/** Characters that file systems refuse, and dots that would hide a file. */
const UNFIT = /[\\/:*?"<>|\p{Cc}]|^\.+/gu

/** What a file is called when it is saved: the call, when, and whose it is. */
export function fileName({ topic, startedAt }: RecordingAbout, { name, person }: RecordedFile): string {
  const when = new Date(startedAt)
  const digits = (value: number): string => String(value).padStart(2, '0')
  const date = `${when.getFullYear()}-${digits(when.getMonth() + 1)}-${digits(when.getDate())}`
  const words = [topic, `${date} ${digits(when.getHours())}.${digits(when.getMinutes())}`, person]
  const stem = words.map((word) => word.replace(UNFIT, '-').trim()).filter((word) => word !== '').join(' ')
  return `${cut(stem, MAX_STEM_BYTES)}${name.slice(name.lastIndexOf('.'))}`
}

/** As much of a text as fits, whole letters only. */
function cut(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  return text.slice(0, read)
}
