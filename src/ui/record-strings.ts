/** Every sentence of the dialog for recordings, which is loaded when somebody asks for it. */
import { formats } from './formats.ts'
import { language } from './language.ts'
import { words } from './words.ts'

const { number, plural } = formats('en')

export const recordStrings = words('record', {
  title: 'Recordings',
  lead: 'Recordings stay in this browser until you save or delete them. Nobody else gets them.',
  agreement: 'Everybody in the call is asked, and sees that you record. Whoever has not said yes is left out. This is an agreement among apps: it cannot keep anybody from filming a screen.',
  legend: 'What you get',
  mixed: { name: 'One video', hint: 'Everybody side by side, all sound together.' },
  separate: { name: 'A video for each person', hint: 'For cutting later. Needs more of this computer.' },
  start: 'Ask everybody and record',
  running: (size: string): string => `Recording, ${size} so far.`,
  hours: (hours: number): string => plural(hours, { one: 'There is room for about one hour.', other: `There is room for about ${hours} hours.` }),
  little: 'There is room for less than an hour.',
  none: 'Nothing has been recorded yet.',
  stored: 'In this browser',
  nameless: 'Without a name',
  files: (count: number): string => plural(count, { one: 'one file', other: `${count} files` }),
  states: { running: 'still recording', cut: 'cut off when the page was closed' },
  save: (what: string): string => `Save ${what}`,
  saveShort: 'Save',
  remove: (what: string): string => `Delete ${what}`,
  sure: 'Delete for good?',
  yes: 'Delete',
  keep: 'Keep',
  megabytes: (megabytes: number): string => `${number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`,
})

/** A date and a time of day, as the page's language writes them. */
export function dateText(at: number): string {
  return new Date(at).toLocaleString(language.value, { dateStyle: 'medium', timeStyle: 'short' })
}

/** Hours and minutes of so many milliseconds. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  const digits = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const rest = `${hours > 0 ? digits(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${digits(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
