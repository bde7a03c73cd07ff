import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('nl')

export const record: Language['record'] = {
  title: 'Opnamen',
  lead: 'Opnamen blijven in deze browser tot je ze bewaart of verwijdert. Niemand anders krijgt ze.',
  agreement: 'Iedereen in het gesprek krijgt de vraag en ziet dat je opneemt. Wie geen ja heeft gezegd, staat er niet in. Dit is een afspraak tussen apps: niemand kan worden belet een scherm te filmen.',
  legend: 'Wat je krijgt',
  mixed: { name: 'Eén video', hint: 'Iedereen naast elkaar, al het geluid samen.' },
  separate: { name: 'Een video per persoon', hint: 'Om later te monteren. Vraagt meer van deze computer.' },
  start: 'Iedereen vragen en opnemen',
  running: (size) => `Bezig met opnemen, tot nu toe ${size}.`,
  hours: (hours) => plural(hours, { one: 'Er is ruimte voor ongeveer een uur.', other: `Er is ruimte voor ongeveer ${hours} uur.` }),
  little: 'Er is ruimte voor minder dan een uur.',
  none: 'Er is nog niets opgenomen.',
  stored: 'In deze browser',
  nameless: 'Zonder naam',
  files: (count) => plural(count, { one: 'één bestand', other: `${count} bestanden` }),
  states: { running: 'nog bezig', cut: 'afgebroken toen de pagina werd gesloten' },
  save: (what) => `${what} bewaren`,
  saveShort: 'Bewaren',
  remove: (what) => `${what} verwijderen`,
  sure: 'Voorgoed verwijderen?',
  yes: 'Verwijderen',
  keep: 'Behouden',
  megabytes: (megabytes) => `${number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`,
}
