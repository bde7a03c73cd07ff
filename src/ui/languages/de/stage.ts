import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number } = formats('de')

export const stage: Language['stage'] = {
  automatic: 'Automatische Ansicht',
  grid: 'Raster',
  speaker: 'Sprecheransicht',
  layout: 'Anordnung',
  before: 'Vorige Seite',
  after: 'Nächste Seite',
  page: (page, pages) => `Seite ${number(page)} von ${number(pages)}`,
  ownPlaced: 'Mein Bild bei den anderen zeigen',
  ownFloating: 'Mein Bild in einer Ecke zeigen',
  ownHidden: 'Mein Bild ausblenden',
  ownShown: 'Mein Bild zeigen',
  audioOnlyItem: 'Nur Ton (spart Daten)',
  audioOnly: 'Nur Ton, um Daten zu sparen',
  audioOnlyEnd: 'Video einschalten',
}
