/** What the list of people says, loaded with it. */
import { words } from '../words.ts'

export const peopleStrings = words('people', {
  title: 'People',
  you: (name: string): string => name === '' ? 'You' : `${name} (you)`,
  handUp: 'Hand up',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  unreachable: 'Cannot be reached',
  sharing: 'Shares a screen',
  volumeOf: (name: string): string => `Volume of ${name}`,
  adjust: (name: string): string => `Set the volume of ${name}`,
  silence: 'Mute for me',
  onlyMute: 'This device sets the volume by its own buttons.',
})
