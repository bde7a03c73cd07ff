/** Every sentence of the statistics, which are loaded when somebody asks for them. */
import { words } from './words.ts'

export const statisticsStrings = words('statistics', {
  title: 'Statistics',
  lead: 'Read once a second while this is open. Nothing of it leaves this browser.',
  received: 'Received',
  sent: 'Sent',
  roundTrip: 'Round trip',
  rate: 'Bitrate',
  loss: 'Lost',
  jitter: 'Jitter',
  codec: 'Codec',
  picture: 'Picture',
  pictures: 'Pictures a second',
  freezes: 'Freezes',
  concealed: 'Made up',
  path: 'Path',
  direct: 'direct',
  relayed: (host: string): string => `through ${host}`,
  plot: (what: string, now: string, low: string, high: string): string => `${what}, last minute: now ${now}, between ${low} and ${high}`,
  copy: 'Copy as text',
  waiting: 'Reading…',
  alone: 'Nobody is connected.',
  names: { microphone: 'Microphone', camera: 'Camera', screen: 'Screen', screenAudio: 'Screen sound' },
  flows: {
    received: (name: string): string => `${name}, received`,
    sent: (name: string): string => `${name}, sent`,
  },
})
