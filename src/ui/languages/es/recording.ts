import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { list, plural } = formats('es')

export const recording: Language['recording'] = {
  menu: 'Grabar…',
  asks: (name) => `${name} graba esta llamada en su propio ordenador.`,
  question: '¿Se te puede ver y oír en ella?',
  allow: 'Sí, puedo salir',
  refuse: 'Sin mí',
  others: (names) => plural(names.length, { one: `${list(names)} graba esta llamada`, other: `${list(names)} graban esta llamada` }),
  own: 'Estás grabando',
  in: 'Sales en ella',
  out: 'No sales en ella',
  leftOut: (names) => `No salen: ${list(names)}`,
  stop: 'Dejar de grabar',
  saved: 'La grabación está en este navegador. Abre «Grabar…» para guardarla.',
  errors: {
    'recording-unsupported': 'Este navegador no puede grabar.',
    'recording-refused': 'Este navegador no guarda nada para esta página, como en una ventana privada. Graba en una ventana normal.',
    'recording-disk-full': 'La grabación terminó: no queda espacio. Se conserva lo grabado hasta entonces.',
    'recording-failed': 'La grabación no funcionó. Se conserva lo grabado hasta entonces.',
    'recording-not-saved': 'No se pudo guardar ahí. La grabación sigue en este navegador.',
    'recording-not-deleted': 'No se pudo borrar la grabación. Quizá otra pestaña todavía la usa.',
  },
}
