import type { Language } from '../language.ts'

export const summary: Language['summary'] = {
  menu: 'Statistiques',
  title: 'C’était l’appel',
  lasted: 'Durée',
  people: 'Avec',
  received: 'Reçu',
  sent: 'Envoyé',
  relayed: 'Par un relais',
  roundTrip: 'Réaction la plus lente',
  trouble: (name, time, at) => `${name} était hors d’atteinte pendant ${time}, à ${at}`,
  copy: 'Copier',
  onlyYou: 'Vous seul le voyez. Il disparaît à la fermeture.',
}
