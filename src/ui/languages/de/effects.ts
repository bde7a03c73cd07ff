import type { Language } from '../language.ts'

export const effects: Language['effects'] = {
  noise: {
    legend: 'Geräusche um Sie herum',
    off: { name: 'Behalten', hint: 'Alles ist zu hören, wie es ist: richtig für Musik.' },
    browser: { name: 'Verringern', hint: 'Was Ihr Browser von selbst tut.' },
    strong: { name: 'Entfernen', hint: 'Nimmt auch Tastaturen, Lüfter und bellende Hunde weg.' },
    waiting: 'Beginnt, sobald Sie klicken oder tippen.',
  },
  background: {
    legend: 'Ihr Hintergrund',
    none: 'Wie er ist',
    'blur-light': 'Leicht unscharf',
    blur: 'Unscharf',
    studio: 'Studio',
    dawn: 'Morgen',
    hills: 'Hügel',
    evening: 'Abendlichter',
    own: 'Eigenes Bild',
    choose: 'Bild auswählen…',
    other: 'Anderes Bild auswählen…',
    forget: 'Mein Bild entfernen',
    notAPicture: 'Dieses Bild lässt sich nicht verwenden. Versuchen Sie ein anderes.',
    stays: 'Das Bild bleibt auf diesem Gerät.',
    unsupported: 'Dieser Browser kann Ihren Hintergrund nicht ändern. Chrome, Edge und verwandte Browser können es.',
  },
  open: 'Hintergrund und Geräusche',
  noiseFailed: {
    'effect-not-loaded': 'Die Geräuschunterdrückung konnte nicht geladen werden. Man hört Sie ohne sie.',
    'effect-failed': 'Die Geräuschunterdrückung ist ausgefallen. Man hört Sie ohne sie.',
    'effect-too-slow': 'Dieses Gerät ist für die Geräuschunterdrückung gerade zu langsam. Man hört Sie ohne sie.',
  },
  backgroundFailed: {
    'effect-not-loaded': 'Ihr Hintergrund konnte nicht geladen werden.',
    'effect-failed': 'Ihr Hintergrund ist ausgefallen.',
    'effect-too-slow': 'Dieses Gerät ist für einen Hintergrund gerade zu langsam.',
  },
  hidden: 'Ihr Zimmer wird nicht gezeigt, bis Sie sich entscheiden.',
  withoutNoise: 'Ohne sie weitermachen',
  withoutBackground: 'Mein Zimmer zeigen',
  preparing: 'Ihr Hintergrund wird vorbereitet…',
  starting: 'Wird vorbereitet…',
}
