import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number } = formats('es')

export const stage: Language['stage'] = {
  automatic: 'Vista automática',
  grid: 'Cuadrícula',
  speaker: 'Quien habla',
  layout: 'Disposición',
  before: 'Página anterior',
  after: 'Página siguiente',
  page: (page, pages) => `Página ${number(page)} de ${number(pages)}`,
  ownPlaced: 'Mostrar mi imagen entre las demás',
  ownFloating: 'Mostrar mi imagen en una esquina',
  ownHidden: 'Ocultar mi imagen',
  ownShown: 'Mostrar mi imagen',
  audioOnlyItem: 'Solo sonido (ahorra datos)',
  audioOnly: 'Solo sonido, para ahorrar datos',
  audioOnlyEnd: 'Activar el vídeo',
}
