import type { Language } from '../language.ts'

export const people: Language['people'] = {
  title: 'Mensen',
  you: (name) => name === '' ? 'Jij' : `${name} (jij)`,
  handUp: 'Hand omhoog',
  connecting: 'Verbinden…',
  reconnecting: 'Opnieuw verbinden…',
  unreachable: 'Niet bereikbaar',
  sharing: 'Deelt een scherm',
  volumeOf: (name) => `Volume van ${name}`,
  adjust: (name) => `Volume van ${name} instellen`,
  silence: 'Voor mij dempen',
  onlyMute: 'Het volume stel je in met de knoppen van dit apparaat.',
}
