/** What the call says of recordings: it comes with the call, since whoever is recorded must be told. */
import { formats } from './formats.ts'
import { words } from './words.ts'

const { list, plural } = formats('en')

export const recordingStrings = words('recording', {
  menu: 'Record…',
  asks: (name: string): string => `${name} records this call on their own computer.`,
  question: 'May you be seen and heard in it?',
  allow: 'Yes, I may be in it',
  refuse: 'Leave me out',
  others: (names: readonly string[]): string => plural(names.length, { one: `${list(names)} records this call`, other: `${list(names)} record this call` }),
  own: 'You are recording',
  in: 'You are in it',
  out: 'You are left out',
  leftOut: (names: readonly string[]): string => `Not in it: ${list(names)}`,
  stop: 'Stop recording',
  saved: 'The recording is in this browser. Open “Record…” to save it.',
  errors: {
    'recording-unsupported': 'This browser cannot record.',
    'recording-refused': 'This browser keeps nothing for this page, as in a private window. Record in an ordinary window.',
    'recording-disk-full': 'The recording ended: there is no room left for it. What was recorded until then is kept.',
    'recording-failed': 'The recording did not work. What was recorded until then is kept.',
    'recording-not-saved': 'The recording could not be saved there. It is still in this browser.',
    'recording-not-deleted': 'The recording could not be deleted. Perhaps another tab still uses it.',
  },
})
