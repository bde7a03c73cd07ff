import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, plural } = formats('nl')

export const recording: Language['recording'] = {
  menu: 'Opnemen…',
  asks: (name) => `${name} neemt dit gesprek op de eigen computer op.`,
  question: 'Mag je erin te zien en te horen zijn?',
  allow: 'Ja, ik mag erin',
  refuse: 'Zonder mij',
  others: (names) => plural(names.length, { one: `${list(names)} neemt dit gesprek op`, other: `${list(names)} nemen dit gesprek op` }),
  own: 'Je neemt op',
  in: 'Je staat erin',
  out: 'Je staat er niet in',
  leftOut: (names) => `Niet erin: ${list(names)}`,
  stop: 'Stoppen met opnemen',
  saved: 'De opname staat in deze browser. Open ‘Opnemen…’ om haar te bewaren.',
  errors: {
    'recording-unsupported': 'Deze browser kan niet opnemen.',
    'recording-refused': 'Deze browser bewaart niets voor deze pagina, zoals in een privévenster. Neem op in een gewoon venster.',
    'recording-disk-full': 'De opname is gestopt: er is geen ruimte meer. Wat tot dan toe is opgenomen, blijft bewaard.',
    'recording-failed': 'De opname is niet gelukt. Wat tot dan toe is opgenomen, blijft bewaard.',
    'recording-not-saved': 'De opname kon daar niet worden bewaard. Ze staat nog in deze browser.',
    'recording-not-deleted': 'De opname kon niet worden verwijderd. Misschien gebruikt een ander tabblad haar nog.',
  },
}
