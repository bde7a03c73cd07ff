import type { Language } from '../language.ts'

export const statistics: Language['statistics'] = {
  title: 'Statistieken',
  lead: 'Eén keer per seconde gelezen zolang dit open is. Niets ervan verlaat deze browser.',
  received: 'Ontvangen',
  sent: 'Verzonden',
  roundTrip: 'Heen en terug',
  rate: 'Bitsnelheid',
  loss: 'Verloren',
  jitter: 'Schommeling',
  codec: 'Codec',
  picture: 'Beeld',
  pictures: 'Beelden per seconde',
  freezes: 'Haperingen',
  concealed: 'Aangevuld',
  path: 'Route',
  direct: 'rechtstreeks',
  relayed: (host) => `via ${host}`,
  plot: (what, now, low, high) => `${what}, laatste minuut: nu ${now}, tussen ${low} en ${high}`,
  copy: 'Kopiëren als tekst',
  waiting: 'Bezig met lezen…',
  alone: 'Niemand is verbonden.',
  names: { microphone: 'Microfoon', camera: 'Camera', screen: 'Scherm', screenAudio: 'Geluid van het scherm' },
  flows: {
    received: (name) => `${name}, ontvangen`,
    sent: (name) => `${name}, verzonden`,
  },
}
