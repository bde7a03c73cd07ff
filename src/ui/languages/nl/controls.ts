import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, number } = formats('nl')

export const controls: Language['controls'] = {
  view: {
    full: 'Volledig scherm',
    notFull: 'Volledig scherm verlaten',
    toggleFull: 'Volledig scherm aan of uit',
    small: 'Beeld in beeld',
    notSmall: 'Beeld in beeld sluiten',
    noSmall: 'Beeld in beeld kon niet worden geopend.',
    noPicture: 'Niemand laat nu beeld zien, dus er is niets te tonen.',
    toggleSmall: 'Beeld in beeld aan of uit',
    next: 'Andere weergave',
    pin: 'Iemand vastzetten of losmaken',
    back: 'Terug naar het gesprek',
  },
  sharing: {
    preview: 'Wat de anderen van je scherm zien',
    withSound: 'met geluid',
    silent: 'zonder geluid',
    purpose: 'Wat het belangrijkst is',
    name: { text: 'Scherpe tekst', motion: 'Vloeiende beweging' },
    hint: { text: 'Voor documenten en dia’s: elke letter blijft leesbaar', motion: 'Voor films en spellen: het beeld beweegt zonder haperen' },
    another: 'Iets anders delen',
  },
  hands: {
    own: 'Opgestoken hand',
    raise: 'Hand opsteken',
    lower: 'Hand laten zakken',
    toggle: 'Hand opsteken of laten zakken',
    raised: (name) => `${name} steekt een hand op`,
    place: (position) => `Hand omhoog, nummer ${number(position)}`,
  },
  reactions: {
    title: 'Reageren',
    'thumbs-up': 'Duim omhoog',
    heart: 'Hart',
    clap: 'Applaus',
    laugh: 'Gelach',
    surprise: 'Verbazing',
    party: 'Feest',
    by: (names, reaction) => `${list(names)}: ${reaction}.`,
  },
  keys: {
    title: 'Sneltoetsen',
    microphone: 'Dempen of niet',
    camera: 'Camera aan of uit',
    space: 'Spatie',
    hold: 'Ingedrukt houden om te praten terwijl je gedempt bent',
    use: 'Deze toetsen in gesprekken gebruiken',
    talking: 'Je bent te horen tot je de toets loslaat',
    muted: 'Je bent gedempt: niemand hoort je.',
  },
}
