import type { Language } from '../language.ts'

export const statistics: Language['statistics'] = {
  title: 'Statistiques',
  lead: 'Lues une fois par seconde tant que ceci est ouvert. Rien ne quitte ce navigateur.',
  received: 'Reçu',
  sent: 'Envoyé',
  roundTrip: 'Aller-retour',
  rate: 'Débit',
  loss: 'Perdu',
  jitter: 'Gigue',
  codec: 'Codec',
  picture: 'Image',
  pictures: 'Images par seconde',
  freezes: 'Arrêts sur image',
  concealed: 'Comblé',
  path: 'Chemin',
  direct: 'direct',
  relayed: (host) => `par ${host}`,
  plot: (what, now, low, high) => `${what}, dernière minute : maintenant ${now}, entre ${low} et ${high}`,
  copy: 'Copier en texte',
  waiting: 'Lecture…',
  alone: 'Personne n’est connecté.',
  names: { microphone: 'Micro', camera: 'Caméra', screen: 'Écran', screenAudio: 'Son de l’écran' },
  flows: {
    received: (name) => `${name}, reçu`,
    sent: (name) => `${name}, envoyé`,
  },
}
