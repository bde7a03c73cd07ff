import type { Language } from '../language.ts'

export const statistics: Language['statistics'] = {
  title: 'Estadísticas',
  lead: 'Se leen una vez por segundo mientras esto está abierto. Nada sale de este navegador.',
  received: 'Recibido',
  sent: 'Enviado',
  roundTrip: 'Ida y vuelta',
  rate: 'Caudal',
  loss: 'Perdido',
  jitter: 'Variación',
  codec: 'Códec',
  picture: 'Imagen',
  pictures: 'Imágenes por segundo',
  freezes: 'Congelaciones',
  concealed: 'Rellenado',
  path: 'Camino',
  direct: 'directo',
  relayed: (host) => `por ${host}`,
  plot: (what, now, low, high) => `${what}, último minuto: ahora ${now}, entre ${low} y ${high}`,
  copy: 'Copiar como texto',
  waiting: 'Leyendo…',
  alone: 'No hay nadie conectado.',
  names: { microphone: 'Micrófono', camera: 'Cámara', screen: 'Pantalla', screenAudio: 'Sonido de la pantalla' },
  flows: {
    received: (name) => `${name}, recibido`,
    sent: (name) => `${name}, enviado`,
  },
}
