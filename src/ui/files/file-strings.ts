/** What is said of files; loaded with them. */
import type { FileFailure } from '../../room/views.ts'
import { formats } from '../formats.ts'
import { words } from '../words.ts'

const { number, list } = formats('en')

export const fileStrings = words('files', {
  download: 'Download',
  downloadNamed: (name: string): string => `Download ${name}`,
  save: 'Save',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  again: 'Try again',
  withdraw: 'Stop offering',
  offered: 'Everybody here can download it from you while you stay.',
  receiving: (name: string, share: number): string => `${name}: ${number(share, { style: 'percent' })}`,
  has: (names: string[]): string => `${list(names)} ${names.length === 1 ? 'has' : 'have'} it`,
  progress: (share: number, speed: string): string => `${number(share, { style: 'percent' })}, ${speed} a second`,
  left: (time: string): string => `${time} left`,
  starting: 'Starting…',
  queued: 'Waiting for the other files…',
  waiting: 'Waiting for the connection…',
  paused: (share: number): string => `Paused at ${number(share, { style: 'percent' })}`,
  checking: 'Checking that all is there…',
  arrived: 'Arrived and checked',
  saved: 'Saved and checked',
  withdrawn: 'No longer offered',
  ownerLeft: (name: string): string => `${name} has left and took it along.`,
  progressLabel: (name: string): string => `How far ${name} has come`,
  picture: (name: string): string => `Picture: ${name}`,
})

/** Why a file did not come, and what to do. */
export const fileFailures = words('fileFailures', {
  gone: 'It is no longer offered, or was changed since. Ask for it again.',
  damaged: 'It arrived damaged and was thrown away. Try again, or ask for it again.',
  unasked: 'The other side sent something else. It was thrown away.',
  space: 'There is not enough room for it on this device.',
  disk: 'It could not be written to this device. Try again, or choose another place.',
} satisfies Record<FileFailure, string>)
