import type { Language } from '../language.ts'

export const summary: Language['summary'] = {
  menu: 'Estadísticas',
  title: 'Así fue la llamada',
  lasted: 'Duración',
  people: 'Con',
  received: 'Recibido',
  sent: 'Enviado',
  relayed: 'Por un repetidor',
  roundTrip: 'Reacción más lenta',
  trouble: (name, time, at) => `${name} no estuvo localizable durante ${time}, a las ${at}`,
  copy: 'Copiar',
  onlyYou: 'Solo tú lo ves. Desaparece al cerrarlo.',
}
