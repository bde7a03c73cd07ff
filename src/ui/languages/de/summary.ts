import type { Language } from '../language.ts'

export const summary: Language['summary'] = {
  menu: 'Statistik',
  title: 'Das war das Gespräch',
  lasted: 'Dauer',
  people: 'Mit',
  received: 'Empfangen',
  sent: 'Gesendet',
  relayed: 'Über ein Relay',
  roundTrip: 'Längste Reaktionszeit',
  trouble: (name, time, at) => `${name} war ${time} lang nicht erreichbar, um ${at}`,
  copy: 'Kopieren',
  onlyYou: 'Das sehen nur Sie. Nach dem Schließen ist es weg.',
}
