/** What is said of a call after it, and the way to its numbers while it lasts. */
import { words } from './words.ts'

export const summaryStrings = words('summary', {
  menu: 'Statistics',
  title: 'That was the call',
  lasted: 'Lasted',
  people: 'With',
  received: 'Received',
  sent: 'Sent',
  relayed: 'Through a relay',
  roundTrip: 'Longest reaction time',
  trouble: (name: string, time: string, at: string): string => `${name} was out of reach for ${time}, at ${at}`,
  copy: 'Copy',
  onlyYou: 'Only you see this. It is gone when you close it.',
})
