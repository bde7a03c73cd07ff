import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, list } = formats('nl')

export const files: Language['files'] = {
  download: 'Downloaden',
  downloadNamed: (name) => `${name} downloaden`,
  save: 'Opslaan',
  pause: 'Pauzeren',
  resume: 'Doorgaan',
  cancel: 'Annuleren',
  again: 'Opnieuw proberen',
  withdraw: 'Niet meer aanbieden',
  offered: 'Iedereen hier kan het van je downloaden zolang je blijft.',
  receiving: (name, share) => `${name}: ${number(share, { style: 'percent' })}`,
  has: (names) => `${list(names)} ${names.length === 1 ? 'heeft' : 'hebben'} het`,
  progress: (share, speed) => `${number(share, { style: 'percent' })}, ${speed} per seconde`,
  left: (time) => `nog ${time}`,
  starting: 'Begint…',
  queued: 'Wacht op de andere bestanden…',
  waiting: 'Wacht op de verbinding…',
  paused: (share) => `Gepauzeerd bij ${number(share, { style: 'percent' })}`,
  checking: 'Wordt gecontroleerd…',
  arrived: 'Aangekomen en gecontroleerd',
  saved: 'Opgeslagen en gecontroleerd',
  withdrawn: 'Niet meer aangeboden',
  ownerLeft: (name) => `${name} is weg, en het bestand ook.`,
  progressLabel: (name) => `Hoe ver ${name} is`,
  picture: (name) => `Afbeelding: ${name}`,
}

export const fileFailures: Language['fileFailures'] = {
  gone: 'Het wordt niet meer aangeboden of is sindsdien veranderd. Vraag er opnieuw om.',
  damaged: 'Het kwam beschadigd aan en is weggegooid. Probeer het opnieuw of vraag er opnieuw om.',
  unasked: 'De andere kant stuurde iets anders. Het is weggegooid.',
  space: 'Er is niet genoeg ruimte op dit apparaat.',
  disk: 'Het kon niet op dit apparaat worden geschreven. Probeer het opnieuw of kies een andere plek.',
}
