/** Sentences about the ways of sound and picture, among which the settings let one choose. */
import { words } from './words.ts'

export const travelStrings = words('app', {
  travel: {
    legend: 'How sound and picture travel',
    all: { name: 'Straight, or by a relay where nothing else works', hint: 'The best quality. The people in the call can see your network address.' },
    relay: { name: 'By a relay only', hint: 'Hides your network address from the others. Costs some quality, and needs a relay that carries calls.' },
    direct: { name: 'Straight only', hint: 'No relay ever carries your sound and picture. Some people may be out of reach.' },
  },
})
