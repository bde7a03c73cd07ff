/** What was written, as plain text that a person can keep. */
import type { ChatLine, PeerKey } from '../../room/views.ts'
import { displayName } from '../people.ts'
import { callStrings } from '../call-strings.ts'
import { byteSize } from '../byte-size.ts'

export interface TranscriptOptions {
  topic: string
  self: PeerKey
  /** Our own name. */
  name: string
}

/** The chat as text: one line for each that was said, further lines of its text set in. */
export function transcript(lines: readonly ChatLine[], { topic, self, name }: TranscriptOptions): string {
  const said = lines.map((line) => {
    const who = line.author === self ? displayName(name) : displayName(line.name)
    const what = line.file === null ? line.text : callStrings.chat.fileLine(line.file.name, byteSize(line.file.size))
    return `[${stamp(line.at)}] ${who}: ${what.replaceAll('\n', '\n    ')}`
  })
  return `${[`Parley: ${topic}`, '', ...said].join('\n')}\n`
}

/** The same everywhere, and in the order of time when sorted as text: 2026-11-23 15:04, by the browser's clock. */
export function stamp(at: number): string {
  const local = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())} ${two(local.getHours())}:${two(local.getMinutes())}`
}
