import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, list } = formats('de')

export const files: Language['files'] = {
  download: 'Herunterladen',
  downloadNamed: (name) => `${name} herunterladen`,
  save: 'Speichern',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  cancel: 'Abbrechen',
  again: 'Noch einmal',
  withdraw: 'Nicht mehr anbieten',
  offered: 'Alle hier können sie von Ihnen herunterladen, solange Sie bleiben.',
  receiving: (name, share) => `${name}: ${number(share, { style: 'percent' })}`,
  has: (names) => `${list(names)} ${names.length === 1 ? 'hat' : 'haben'} sie`,
  progress: (share, speed) => `${number(share, { style: 'percent' })}, ${speed} pro Sekunde`,
  left: (time) => `noch ${time}`,
  starting: 'Beginnt…',
  queued: 'Wartet auf die anderen Dateien…',
  waiting: 'Wartet auf die Verbindung…',
  paused: (share) => `Angehalten bei ${number(share, { style: 'percent' })}`,
  checking: 'Wird geprüft…',
  arrived: 'Angekommen und geprüft',
  saved: 'Gespeichert und geprüft',
  withdrawn: 'Nicht mehr angeboten',
  ownerLeft: (name) => `${name} ist gegangen und die Datei auch.`,
  progressLabel: (name) => `Wie weit ${name} gekommen ist`,
  picture: (name) => `Bild: ${name}`,
}

export const fileFailures: Language['fileFailures'] = {
  gone: 'Sie wird nicht mehr angeboten oder wurde seither geändert. Bitten Sie noch einmal darum.',
  damaged: 'Sie kam beschädigt an und wurde verworfen. Versuchen Sie es noch einmal, oder bitten Sie erneut darum.',
  unasked: 'Die andere Seite hat etwas anderes gesendet. Es wurde verworfen.',
  space: 'Auf diesem Gerät ist nicht genug Platz dafür.',
  disk: 'Sie konnte auf diesem Gerät nicht geschrieben werden. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Ort.',
}
