import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, number } = formats('es')

export const controls: Language['controls'] = {
  view: {
    full: 'Pantalla completa',
    notFull: 'Salir de pantalla completa',
    toggleFull: 'Pantalla completa sí o no',
    small: 'Imagen en imagen',
    notSmall: 'Cerrar imagen en imagen',
    noSmall: 'No se pudo abrir la imagen en imagen.',
    noPicture: 'Nadie muestra vídeo ahora, así que no hay imagen que ver.',
    toggleSmall: 'Imagen en imagen sí o no',
    next: 'Otra vista',
    pin: 'Fijar a alguien o no',
    back: 'Volver a la llamada',
  },
  sharing: {
    preview: 'Lo que los demás ven de tu pantalla',
    withSound: 'con su sonido',
    silent: 'sin sonido',
    purpose: 'Lo más importante',
    name: { text: 'Texto nítido', motion: 'Movimiento fluido' },
    hint: { text: 'Para documentos y diapositivas: cada letra se puede leer', motion: 'Para películas y juegos: la imagen se mueve sin saltos' },
    another: 'Compartir otra cosa',
  },
  hands: {
    own: 'Mano levantada',
    raise: 'Levantar la mano',
    lower: 'Bajar la mano',
    toggle: 'Levantar o bajar la mano',
    raised: (name) => `${name} levanta la mano`,
    place: (position) => `Mano levantada, número ${number(position)}`,
  },
  reactions: {
    title: 'Reaccionar',
    'thumbs-up': 'Pulgar arriba',
    heart: 'Corazón',
    clap: 'Aplauso',
    laugh: 'Risa',
    surprise: 'Sorpresa',
    party: 'Fiesta',
    by: (names, reaction) => `${list(names)}: ${reaction}.`,
  },
  keys: {
    title: 'Atajos de teclado',
    microphone: 'Silenciar o no',
    camera: 'Cámara sí o no',
    space: 'Espacio',
    hold: 'Mantener para hablar con el micrófono silenciado',
    use: 'Usar estas teclas en las llamadas',
    talking: 'Te oyen hasta que sueltes la tecla',
    muted: 'Tienes el micrófono silenciado: nadie te oye.',
  },
}
