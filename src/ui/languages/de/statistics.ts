import type { Language } from '../language.ts'

export const statistics: Language['statistics'] = {
  title: 'Statistik',
  lead: 'Einmal pro Sekunde gelesen, solange dies offen ist. Nichts davon verlässt diesen Browser.',
  received: 'Empfangen',
  sent: 'Gesendet',
  roundTrip: 'Umlaufzeit',
  rate: 'Bitrate',
  loss: 'Verlust',
  jitter: 'Schwankung',
  codec: 'Codec',
  picture: 'Bild',
  pictures: 'Bilder pro Sekunde',
  freezes: 'Standbilder',
  concealed: 'Ersetzt',
  path: 'Weg',
  direct: 'direkt',
  relayed: (host) => `über ${host}`,
  plot: (what, now, low, high) => `${what}, letzte Minute: jetzt ${now}, zwischen ${low} und ${high}`,
  copy: 'Als Text kopieren',
  waiting: 'Wird gelesen…',
  alone: 'Niemand ist verbunden.',
  names: { microphone: 'Mikrofon', camera: 'Kamera', screen: 'Bildschirm', screenAudio: 'Ton des Bildschirms' },
  flows: {
    received: (name) => `${name}, empfangen`,
    sent: (name) => `${name}, gesendet`,
  },
}
