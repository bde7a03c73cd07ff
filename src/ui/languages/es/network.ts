import type { Language } from '../language.ts'

export const network: Language['network'] = {
  loading: 'Un momento…',
  starting: 'Un momento…',
  connecting: 'Conectando…',
  online: 'En línea',
  thin: 'Conexión lenta',
  paused: 'Conexión lenta: tu vídeo está en pausa para que se te oiga',
  offline: 'Estás sin conexión',
}
