import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('fr')

export const record: Language['record'] = {
  title: 'Enregistrements',
  lead: 'Les enregistrements restent dans ce navigateur jusqu’à ce que vous les sauvegardiez ou les supprimiez. Personne d’autre ne les reçoit.',
  agreement: 'On demande à tout le monde dans l’appel, et chacun voit que vous enregistrez. Qui n’a pas dit oui n’y est pas. C’est un accord entre applications : il n’empêche personne de filmer un écran.',
  legend: 'Ce que vous obtenez',
  mixed: { name: 'Une vidéo', hint: 'Tous côte à côte, le son ensemble.' },
  separate: { name: 'Une vidéo par personne', hint: 'Pour le montage. Demande plus à cet ordinateur.' },
  start: 'Demander à tous et enregistrer',
  running: (size) => `Enregistrement en cours, ${size} jusqu’ici.`,
  hours: (hours) => plural(hours, { one: 'Il y a de la place pour une heure environ.', other: `Il y a de la place pour ${hours} heures environ.` }),
  little: 'Il y a de la place pour moins d’une heure.',
  none: 'Rien n’a encore été enregistré.',
  stored: 'Dans ce navigateur',
  nameless: 'Sans nom',
  files: (count) => plural(count, { one: 'un fichier', other: `${count} fichiers` }),
  states: { running: 'encore en cours', cut: 'coupé à la fermeture de la page' },
  save: (what) => `Sauvegarder ${what}`,
  saveShort: 'Sauvegarder',
  remove: (what) => `Supprimer ${what}`,
  sure: 'Supprimer pour de bon ?',
  yes: 'Supprimer',
  keep: 'Garder',
  megabytes: (megabytes) => `${number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`,
}
