import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, list } = formats('fr')

export const files: Language['files'] = {
  download: 'Télécharger',
  downloadNamed: (name) => `Télécharger ${name}`,
  save: 'Enregistrer',
  pause: 'Suspendre',
  resume: 'Reprendre',
  cancel: 'Annuler',
  again: 'Réessayer',
  withdraw: 'Ne plus proposer',
  offered: 'Toutes les personnes présentes peuvent le télécharger tant que vous restez.',
  receiving: (name, share) => `${name} : ${number(share, { style: 'percent' })}`,
  has: (names) => `${list(names)} ${names.length === 1 ? 'l’a reçu' : 'l’ont reçu'}`,
  progress: (share, speed) => `${number(share, { style: 'percent' })}, ${speed} par seconde`,
  left: (time) => `encore ${time}`,
  starting: 'Démarrage…',
  queued: 'En attente des autres fichiers…',
  waiting: 'En attente de la connexion…',
  paused: (share) => `Suspendu à ${number(share, { style: 'percent' })}`,
  checking: 'Vérification…',
  arrived: 'Arrivé et vérifié',
  saved: 'Enregistré et vérifié',
  withdrawn: 'N’est plus proposé',
  ownerLeft: (name) => `${name} n’est plus là, et le fichier non plus.`,
  progressLabel: (name) => `Où en est ${name}`,
  picture: (name) => `Image : ${name}`,
}

export const fileFailures: Language['fileFailures'] = {
  gone: 'Il n’est plus proposé, ou a changé depuis. Redemandez-le.',
  damaged: 'Il est arrivé endommagé et a été jeté. Réessayez ou redemandez-le.',
  unasked: 'L’autre côté a envoyé autre chose, qui a été jeté.',
  space: 'Il n’y a pas assez de place sur cet appareil.',
  disk: 'Il n’a pas pu être écrit sur cet appareil. Réessayez ou choisissez un autre endroit.',
}
