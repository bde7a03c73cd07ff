import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, plural } = formats('fr')

export const recording: Language['recording'] = {
  menu: 'Enregistrer…',
  asks: (name) => `${name} enregistre cet appel sur son propre ordinateur.`,
  question: 'Peut-on vous y voir et vous y entendre ?',
  allow: 'Oui, je peux y être',
  refuse: 'Sans moi',
  others: (names) => plural(names.length, { one: `${list(names)} enregistre cet appel`, other: `${list(names)} enregistrent cet appel` }),
  own: 'Vous enregistrez',
  in: 'Vous y êtes',
  out: 'Vous n’y êtes pas',
  leftOut: (names) => `N’y sont pas : ${list(names)}`,
  stop: 'Arrêter l’enregistrement',
  saved: 'L’enregistrement est dans ce navigateur. Ouvrez « Enregistrer… » pour le sauvegarder.',
  errors: {
    'recording-unsupported': 'Ce navigateur ne peut pas enregistrer.',
    'recording-refused': 'Ce navigateur ne garde rien pour cette page, comme dans une fenêtre privée. Enregistrez dans une fenêtre ordinaire.',
    'recording-disk-full': 'L’enregistrement est terminé : il n’y a plus de place. Ce qui a été enregistré jusque-là est conservé.',
    'recording-failed': 'L’enregistrement n’a pas marché. Ce qui a été enregistré jusque-là est conservé.',
    'recording-not-saved': 'Impossible de le sauvegarder à cet endroit. Il est toujours dans ce navigateur.',
    'recording-not-deleted': 'Impossible de supprimer l’enregistrement. Un autre onglet s’en sert peut-être encore.',
  },
}
