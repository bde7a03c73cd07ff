/** What is said of loudspeakers, recent calls and the app as a program. */
import { words } from './words.ts'

export const lobbyStrings = words('lobby', {
  sound: {
    label: 'Speaker',
    system: 'As the system chooses',
    other: 'Another speaker…',
    test: 'Play a sound',
    heardIt: 'Did you hear it? If not, choose another speaker or turn it up.',
    lost: 'That speaker is gone. You hear the others by the system’s own now.',
    notHeard: 'Your microphone is on, but nothing comes from it. Is it muted on the headset?',
  },
  recent: {
    title: 'Recent calls',
    kept: 'Kept on this device only',
    enterPublic: (topic: string): string => `Enter “${topic}” again, a public square`,
    enterPrivate: (topic: string): string => `Enter “${topic}” again, a private call`,
    forget: (topic: string): string => `Forget “${topic}”`,
    forgetAll: 'Forget all',
    remember: 'Remember recent calls on this device',
    rememberHint: 'Whoever uses this browser after you could enter them too. Turn it off on a device that you share.',
  },
  program: {
    outdated: 'A new version of Parley is here.',
    renew: 'Use it now',
    install: 'Install Parley on this device',
  },
})
