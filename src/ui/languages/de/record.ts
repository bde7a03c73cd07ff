import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('de')

export const record: Language['record'] = {
  title: 'Aufnahmen',
  lead: 'Aufnahmen bleiben in diesem Browser, bis Sie sie speichern oder löschen. Sonst bekommt sie niemand.',
  agreement: 'Alle im Gespräch werden gefragt und sehen, dass Sie aufnehmen. Wer nicht Ja gesagt hat, bleibt draußen. Das ist eine Abmachung unter Apps: Sie hindert niemanden daran, einen Bildschirm zu filmen.',
  legend: 'Was Sie bekommen',
  mixed: { name: 'Ein Video', hint: 'Alle nebeneinander, der Ton zusammen.' },
  separate: { name: 'Ein Video für jede Person', hint: 'Zum späteren Schneiden. Fordert diesen Rechner mehr.' },
  start: 'Alle fragen und aufnehmen',
  running: (size) => `Die Aufnahme läuft, bisher ${size}.`,
  hours: (hours) => plural(hours, { one: 'Der Platz reicht für etwa eine Stunde.', other: `Der Platz reicht für etwa ${hours} Stunden.` }),
  little: 'Der Platz reicht für weniger als eine Stunde.',
  none: 'Es wurde noch nichts aufgenommen.',
  stored: 'In diesem Browser',
  nameless: 'Ohne Namen',
  files: (count) => plural(count, { one: 'eine Datei', other: `${count} Dateien` }),
  states: { running: 'läuft noch', cut: 'abgebrochen, als die Seite geschlossen wurde' },
  save: (what) => `${what} speichern`,
  saveShort: 'Speichern',
  remove: (what) => `${what} löschen`,
  sure: 'Endgültig löschen?',
  yes: 'Löschen',
  keep: 'Behalten',
  megabytes: (megabytes) => `${number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`,
}
