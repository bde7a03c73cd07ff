import type { Language } from '../language.ts'

export const people: Language['people'] = {
  title: 'Personen',
  you: (name) => name === '' ? 'Sie' : `${name} (Sie)`,
  handUp: 'Hand gehoben',
  connecting: 'Verbinden…',
  reconnecting: 'Wieder verbinden…',
  unreachable: 'Nicht erreichbar',
  sharing: 'Teilt einen Bildschirm',
  volumeOf: (name) => `Lautstärke von ${name}`,
  adjust: (name) => `Lautstärke von ${name} einstellen`,
  silence: 'Für mich stummschalten',
  onlyMute: 'Die Lautstärke stellen Sie an den Tasten dieses Geräts ein.',
}
