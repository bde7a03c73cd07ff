import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number } = formats('nl')

export const stage: Language['stage'] = {
  automatic: 'Automatische weergave',
  grid: 'Raster',
  speaker: 'Spreker',
  layout: 'Indeling',
  before: 'Vorige pagina',
  after: 'Volgende pagina',
  page: (page, pages) => `Pagina ${number(page)} van ${number(pages)}`,
  ownPlaced: 'Mijn beeld tussen de andere tonen',
  ownFloating: 'Mijn beeld in een hoek tonen',
  ownHidden: 'Mijn beeld verbergen',
  ownShown: 'Mijn beeld tonen',
  audioOnlyItem: 'Alleen geluid (spaart data)',
  audioOnly: 'Alleen geluid, om data te sparen',
  audioOnlyEnd: 'Video aanzetten',
}
