import type { Language } from '../language.ts'

export const effects: Language['effects'] = {
  noise: {
    legend: 'Ruido a tu alrededor',
    off: { name: 'Dejar', hint: 'Todo se oye tal como es: lo mejor para la música.' },
    browser: { name: 'Reducir', hint: 'Lo que tu navegador hace por sí solo.' },
    strong: { name: 'Eliminar', hint: 'Quita también teclados, ventiladores y ladridos.' },
    waiting: 'Empieza en cuanto hagas clic o escribas.',
  },
  background: {
    legend: 'Tu fondo',
    none: 'Tal como es',
    'blur-light': 'Algo desenfocado',
    blur: 'Desenfocado',
    studio: 'Estudio',
    dawn: 'Amanecer',
    hills: 'Colinas',
    evening: 'Luces nocturnas',
    own: 'Tu imagen',
    choose: 'Elegir una imagen…',
    other: 'Elegir otra imagen…',
    forget: 'Quitar mi imagen',
    notAPicture: 'Esta imagen no se puede usar. Prueba con otra.',
    stays: 'La imagen se queda en este dispositivo.',
    unsupported: 'Este navegador no puede cambiar tu fondo. Chrome, Edge y similares sí pueden.',
  },
  open: 'Fondo y ruido',
  noiseFailed: {
    'effect-not-loaded': 'No se ha podido cargar la eliminación de ruido. Se te oye sin ella.',
    'effect-failed': 'La eliminación de ruido ha dejado de funcionar. Se te oye sin ella.',
    'effect-too-slow': 'Este dispositivo es ahora demasiado lento para eliminar el ruido. Se te oye sin ello.',
  },
  backgroundFailed: {
    'effect-not-loaded': 'No se ha podido cargar tu fondo.',
    'effect-failed': 'Tu fondo ha dejado de funcionar.',
    'effect-too-slow': 'Este dispositivo es ahora demasiado lento para un fondo.',
  },
  hidden: 'Tu habitación no se muestra hasta que decidas.',
  withoutNoise: 'Seguir sin ella',
  withoutBackground: 'Mostrar mi habitación',
  preparing: 'Preparando tu fondo…',
  starting: 'Preparando…',
}
