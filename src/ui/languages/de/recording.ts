import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, plural } = formats('de')

export const recording: Language['recording'] = {
  menu: 'Aufnehmen…',
  asks: (name) => `${name} nimmt dieses Gespräch auf dem eigenen Rechner auf.`,
  question: 'Dürfen Sie darin zu sehen und zu hören sein?',
  allow: 'Ja, ich darf darin sein',
  refuse: 'Ohne mich',
  others: (names) => plural(names.length, { one: `${list(names)} nimmt dieses Gespräch auf`, other: `${list(names)} nehmen dieses Gespräch auf` }),
  own: 'Sie nehmen auf',
  in: 'Sie sind darin',
  out: 'Sie sind nicht darin',
  leftOut: (names) => `Nicht darin: ${list(names)}`,
  stop: 'Aufnahme beenden',
  saved: 'Die Aufnahme liegt in diesem Browser. Öffnen Sie „Aufnehmen…“, um sie zu speichern.',
  errors: {
    'recording-unsupported': 'Dieser Browser kann nicht aufnehmen.',
    'recording-refused': 'Dieser Browser bewahrt für diese Seite nichts auf, so wie in einem privaten Fenster. Nehmen Sie in einem gewöhnlichen Fenster auf.',
    'recording-disk-full': 'Die Aufnahme ist zu Ende: Der Platz reicht nicht mehr. Was bis dahin aufgenommen wurde, bleibt erhalten.',
    'recording-failed': 'Die Aufnahme hat nicht geklappt. Was bis dahin aufgenommen wurde, bleibt erhalten.',
    'recording-not-saved': 'Dort ließ sich die Aufnahme nicht speichern. Sie liegt weiter in diesem Browser.',
    'recording-not-deleted': 'Die Aufnahme ließ sich nicht löschen. Vielleicht braucht sie noch ein anderer Tab.',
  },
}
