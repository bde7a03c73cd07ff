import type { Language } from '../language.ts'

export const effects: Language['effects'] = {
  noise: {
    legend: 'Geluiden om je heen',
    off: { name: 'Houden', hint: 'Alles is te horen zoals het is: goed voor muziek.' },
    browser: { name: 'Minder', hint: 'Wat je browser vanzelf doet.' },
    strong: { name: 'Weg', hint: 'Haalt ook toetsenborden, ventilatoren en blaffende honden weg.' },
    waiting: 'Begint zodra je klikt of typt.',
  },
  background: {
    legend: 'Je achtergrond',
    none: 'Zoals hij is',
    'blur-light': 'Licht vervaagd',
    blur: 'Vervaagd',
    studio: 'Studio',
    dawn: 'Ochtend',
    hills: 'Heuvels',
    evening: 'Avondlichten',
    own: 'Eigen foto',
    choose: 'Kies een afbeelding…',
    other: 'Kies een andere afbeelding…',
    forget: 'Mijn afbeelding verwijderen',
    notAPicture: 'Deze afbeelding kan niet worden gebruikt. Probeer een andere.',
    stays: 'De afbeelding blijft op dit apparaat.',
    unsupported: 'Deze browser kan je achtergrond niet veranderen. Chrome, Edge en soortgelijke browsers wel.',
  },
  open: 'Achtergrond en geluiden',
  noiseFailed: {
    'effect-not-loaded': 'Ruisonderdrukking kon niet worden geladen. Je bent te horen zonder.',
    'effect-failed': 'Ruisonderdrukking werkt niet meer. Je bent te horen zonder.',
    'effect-too-slow': 'Dit apparaat is nu te traag om ruis te onderdrukken. Je bent te horen zonder.',
  },
  backgroundFailed: {
    'effect-not-loaded': 'Je achtergrond kon niet worden geladen.',
    'effect-failed': 'Je achtergrond werkt niet meer.',
    'effect-too-slow': 'Dit apparaat is nu te traag voor een achtergrond.',
  },
  hidden: 'Je kamer wordt niet getoond totdat je kiest.',
  withoutNoise: 'Verder zonder',
  withoutBackground: 'Mijn kamer tonen',
  preparing: 'Je achtergrond wordt voorbereid…',
  starting: 'Wordt voorbereid…',
}
