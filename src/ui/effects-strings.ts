/** Sentences of the choice of effects, and of what may go wrong with them. */
import { words } from './words.ts'

export const effects = words('effects', {
  noise: {
    legend: 'Noise around you',
    off: { name: 'Keep', hint: 'Everything is heard as it is: right for music.' },
    browser: { name: 'Reduce', hint: 'What your browser does by itself.' },
    strong: { name: 'Remove', hint: 'Takes away keyboards, fans and barking dogs as well.' },
    waiting: 'Starts as soon as you click or type.',
  },
  background: {
    legend: 'Your background',
    none: 'As it is',
    'blur-light': 'Slightly blurred',
    blur: 'Blurred',
    studio: 'Studio',
    dawn: 'Dawn',
    hills: 'Hills',
    evening: 'Evening lights',
    own: 'Own picture',
    choose: 'Choose a picture…',
    other: 'Choose another picture…',
    forget: 'Remove my picture',
    notAPicture: 'This picture cannot be used. Try another one.',
    stays: 'The picture stays on this device.',
    unsupported: 'This browser cannot change your background. Chrome, Edge and browsers like them can.',
  },
  open: 'Background and noise',
  noiseFailed: {
    'effect-not-loaded': 'Noise removal could not be loaded. You are heard without it.',
    'effect-failed': 'Noise removal has stopped working. You are heard without it.',
    'effect-too-slow': 'This device is too slow to remove noise right now. You are heard without it.',
  },
  backgroundFailed: {
    'effect-not-loaded': 'Your background could not be loaded.',
    'effect-failed': 'Your background has stopped working.',
    'effect-too-slow': 'This device is too slow for a background right now.',
  },
  hidden: 'Your room is not shown until you decide.',
  withoutNoise: 'Go on without',
  withoutBackground: 'Show my room',
  preparing: 'Preparing your background…',
  starting: 'Getting ready…',
})
