import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, number } = formats('de')

export const controls: Language['controls'] = {
  view: {
    full: 'Vollbild',
    notFull: 'Vollbild verlassen',
    toggleFull: 'Vollbild ein oder aus',
    small: 'Bild im Bild',
    notSmall: 'Bild im Bild schließen',
    noSmall: 'Das Bild im Bild ließ sich nicht öffnen.',
    noPicture: 'Niemand zeigt gerade ein Bild, also gibt es keines zu sehen.',
    toggleSmall: 'Bild im Bild ein oder aus',
    next: 'Andere Ansicht',
    pin: 'Jemanden anheften oder lösen',
    back: 'Zurück zum Gespräch',
  },
  sharing: {
    preview: 'Was die anderen von Ihrem Bildschirm sehen',
    withSound: 'mit Ton',
    silent: 'ohne Ton',
    purpose: 'Was am wichtigsten ist',
    name: { text: 'Scharfer Text', motion: 'Flüssige Bewegung' },
    hint: { text: 'Für Dokumente und Folien: Jeder Buchstabe bleibt lesbar', motion: 'Für Filme und Spiele: Das Bild bewegt sich ohne Ruckeln' },
    another: 'Etwas anderes teilen',
  },
  hands: {
    own: 'Erhobene Hand',
    raise: 'Hand heben',
    lower: 'Hand senken',
    toggle: 'Hand heben oder senken',
    raised: (name) => `${name} hebt die Hand`,
    place: (position) => `Hand erhoben, Nummer ${number(position)}`,
  },
  reactions: {
    title: 'Reagieren',
    'thumbs-up': 'Daumen hoch',
    heart: 'Herz',
    clap: 'Applaus',
    laugh: 'Lachen',
    surprise: 'Staunen',
    party: 'Feiern',
    by: (names, reaction) => `${list(names)}: ${reaction}.`,
  },
  keys: {
    title: 'Tastenkürzel',
    microphone: 'Stummschalten oder nicht',
    camera: 'Kamera ein oder aus',
    space: 'Leertaste',
    hold: 'Halten, um trotz Stummschaltung zu sprechen',
    use: 'Diese Tasten in Gesprächen verwenden',
    talking: 'Man hört Sie, bis Sie die Taste loslassen',
    muted: 'Sie sind stummgeschaltet: Niemand hört Sie.',
  },
}
