import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number } = formats('fr')

export const stage: Language['stage'] = {
  automatic: 'Affichage automatique',
  grid: 'Grille',
  speaker: 'Orateur',
  layout: 'Disposition',
  before: 'Page précédente',
  after: 'Page suivante',
  page: (page, pages) => `Page ${number(page)} sur ${number(pages)}`,
  ownPlaced: 'Montrer mon image parmi les autres',
  ownFloating: 'Montrer mon image dans un coin',
  ownHidden: 'Masquer mon image',
  ownShown: 'Montrer mon image',
  audioOnlyItem: 'Son seul (économise les données)',
  audioOnly: 'Son seul, pour économiser les données',
  audioOnlyEnd: 'Activer la vidéo',
}
