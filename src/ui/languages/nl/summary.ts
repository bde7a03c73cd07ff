import type { Language } from '../language.ts'

export const summary: Language['summary'] = {
  menu: 'Statistieken',
  title: 'Dat was het gesprek',
  lasted: 'Duur',
  people: 'Met',
  received: 'Ontvangen',
  sent: 'Verzonden',
  relayed: 'Via een relay',
  roundTrip: 'Langste reactietijd',
  trouble: (name, time, at) => `${name} was ${time} lang onbereikbaar, om ${at}`,
  copy: 'Kopiëren',
  onlyYou: 'Alleen jij ziet dit. Na het sluiten is het weg.',
}
