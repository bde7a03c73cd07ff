import type { Language } from '../language.ts'

export const people: Language['people'] = {
  title: 'Personas',
  you: (name) => name === '' ? 'Tú' : `${name} (tú)`,
  handUp: 'Mano levantada',
  connecting: 'Conectando…',
  reconnecting: 'Reconectando…',
  unreachable: 'No se puede contactar',
  sharing: 'Comparte una pantalla',
  volumeOf: (name) => `Volumen de ${name}`,
  adjust: (name) => `Ajustar el volumen de ${name}`,
  silence: 'Silenciar para mí',
  onlyMute: 'El volumen se ajusta con los botones de este dispositivo.',
}
