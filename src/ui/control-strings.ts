/** What the bar of a call, its menus, keys, hands and reactions say. */
import { formats } from './formats.ts'
import { words } from './words.ts'

const { list, number } = formats('en')

export const controlStrings = words('controls', {
  view: {
    full: 'Full screen',
    notFull: 'Leave full screen',
    toggleFull: 'Full screen on or off',
    small: 'Picture in picture',
    notSmall: 'Close picture in picture',
    noSmall: 'Picture in picture could not be opened.',
    noPicture: 'Nobody’s video is on, so there is no picture to show.',
    toggleSmall: 'Picture in picture on or off',
    next: 'Another view',
    pin: 'Pin or unpin somebody',
    back: 'Back to the call',
  },
  sharing: {
    preview: 'What the others see of your screen',
    withSound: 'with its sound',
    silent: 'without sound',
    purpose: 'What matters most',
    name: { text: 'Sharp text', motion: 'Smooth motion' },
    hint: { text: 'For documents and slides: every letter stays readable', motion: 'For films and games: the picture moves without jerks' },
    another: 'Share something else',
  },
  hands: {
    own: 'Raised hand',
    raise: 'Raise hand',
    lower: 'Lower hand',
    toggle: 'Raise or lower hand',
    raised: (name: string): string => `${name} raises a hand`,
    place: (position: number): string => `Hand up, number ${number(position)}`,
  },
  reactions: {
    title: 'React',
    'thumbs-up': 'Thumbs up',
    heart: 'Heart',
    clap: 'Applause',
    laugh: 'Laughter',
    surprise: 'Surprise',
    party: 'Celebration',
    by: (names: string[], reaction: string): string => `${list(names)}: ${reaction}.`,
  },
  keys: {
    title: 'Keyboard shortcuts',
    microphone: 'Mute or unmute',
    camera: 'Camera on or off',
    space: 'Space',
    hold: 'Hold to talk while muted',
    use: 'Use these keys in calls',
    talking: 'You are heard until you let go of the key',
    muted: 'You are muted: nobody hears you.',
  },
})
