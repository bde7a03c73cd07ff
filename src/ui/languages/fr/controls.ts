import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, number } = formats('fr')

export const controls: Language['controls'] = {
  view: {
    full: 'Plein écran',
    notFull: 'Quitter le plein écran',
    toggleFull: 'Plein écran ou non',
    small: 'Image dans l’image',
    notSmall: 'Fermer l’image dans l’image',
    noSmall: 'L’image dans l’image n’a pas pu s’ouvrir.',
    noPicture: 'Personne ne montre de vidéo, il n’y a donc pas d’image à voir.',
    toggleSmall: 'Image dans l’image ou non',
    next: 'Autre affichage',
    pin: 'Épingler quelqu’un ou non',
    back: 'Retour à l’appel',
  },
  sharing: {
    preview: 'Ce que les autres voient de votre écran',
    withSound: 'avec le son',
    silent: 'sans le son',
    purpose: 'Le plus important',
    name: { text: 'Texte net', motion: 'Mouvement fluide' },
    hint: { text: 'Pour des documents et des diapositives : chaque lettre reste lisible', motion: 'Pour des films et des jeux : l’image bouge sans saccades' },
    another: 'Partager autre chose',
  },
  hands: {
    own: 'Main levée',
    raise: 'Lever la main',
    lower: 'Baisser la main',
    toggle: 'Lever ou baisser la main',
    raised: (name) => `${name} lève la main`,
    place: (position) => `Main levée, numéro ${number(position)}`,
  },
  reactions: {
    title: 'Réagir',
    'thumbs-up': 'Pouce levé',
    heart: 'Cœur',
    clap: 'Applaudissements',
    laugh: 'Rire',
    surprise: 'Surprise',
    party: 'Fête',
    by: (names, reaction) => `${list(names)} : ${reaction}.`,
  },
  keys: {
    title: 'Raccourcis clavier',
    microphone: 'Couper le micro ou non',
    camera: 'Caméra activée ou non',
    space: 'Espace',
    hold: 'Maintenir pour parler quand le micro est coupé',
    use: 'Utiliser ces touches pendant les appels',
    talking: 'On vous entend jusqu’à ce que vous relâchiez la touche',
    muted: 'Votre micro est coupé : personne ne vous entend.',
  },
}
