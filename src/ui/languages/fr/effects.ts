import type { Language } from '../language.ts'

export const effects: Language['effects'] = {
  noise: {
    legend: 'Le bruit autour de vous',
    off: { name: 'Garder', hint: 'Tout s’entend tel quel : parfait pour la musique.' },
    browser: { name: 'Réduire', hint: 'Ce que votre navigateur fait de lui-même.' },
    strong: { name: 'Supprimer', hint: 'Enlève aussi les claviers, les ventilateurs et les aboiements.' },
    waiting: 'Commence dès que vous cliquez ou tapez.',
  },
  background: {
    legend: 'Votre arrière-plan',
    none: 'Tel quel',
    'blur-light': 'Légèrement flou',
    blur: 'Flou',
    studio: 'Studio',
    dawn: 'Aube',
    hills: 'Collines',
    evening: 'Lumières du soir',
    own: 'Votre image',
    choose: 'Choisir une image…',
    other: 'Choisir une autre image…',
    forget: 'Retirer mon image',
    notAPicture: 'Cette image ne peut pas être utilisée. Essayez-en une autre.',
    stays: 'L’image reste sur cet appareil.',
    unsupported: 'Ce navigateur ne peut pas changer votre arrière-plan. Chrome, Edge et leurs semblables le peuvent.',
  },
  open: 'Arrière-plan et bruit',
  noiseFailed: {
    'effect-not-loaded': 'La suppression du bruit n’a pas pu être chargée. On vous entend sans elle.',
    'effect-failed': 'La suppression du bruit ne fonctionne plus. On vous entend sans elle.',
    'effect-too-slow': 'Cet appareil est trop lent pour supprimer le bruit en ce moment. On vous entend quand même.',
  },
  backgroundFailed: {
    'effect-not-loaded': 'Votre arrière-plan n’a pas pu être chargé.',
    'effect-failed': 'Votre arrière-plan ne fonctionne plus.',
    'effect-too-slow': 'Cet appareil est trop lent pour un arrière-plan en ce moment.',
  },
  hidden: 'Votre pièce n’est pas montrée tant que vous n’avez pas décidé.',
  withoutNoise: 'Continuer sans',
  withoutBackground: 'Montrer ma pièce',
  preparing: 'Préparation de votre arrière-plan…',
  starting: 'Préparation…',
}
