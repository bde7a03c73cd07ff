import type { Language } from '../language.ts'

export const network: Language['network'] = {
  loading: 'Einen Moment…',
  starting: 'Einen Moment…',
  connecting: 'Verbinden…',
  online: 'Verbunden',
  thin: 'Langsame Verbindung',
  paused: 'Langsame Verbindung: Ihr Bild pausiert, damit man Sie hört',
  offline: 'Sie sind offline',
}
