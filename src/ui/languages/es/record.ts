import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('es')

export const record: Language['record'] = {
  title: 'Grabaciones',
  lead: 'Las grabaciones se quedan en este navegador hasta que las guardes o las borres. Nadie más las recibe.',
  agreement: 'Se pregunta a todos en la llamada, y ven que grabas. Quien no ha dicho que sí queda fuera. Es un acuerdo entre aplicaciones: no impide que alguien filme una pantalla.',
  legend: 'Qué obtienes',
  mixed: { name: 'Un vídeo', hint: 'Todos juntos, con el sonido mezclado.' },
  separate: { name: 'Un vídeo por persona', hint: 'Para montarlos después. Exige más a este ordenador.' },
  start: 'Preguntar a todos y grabar',
  running: (size) => `Grabando, ${size} hasta ahora.`,
  hours: (hours) => plural(hours, { one: 'Hay espacio para una hora más o menos.', other: `Hay espacio para unas ${hours} horas.` }),
  little: 'Hay espacio para menos de una hora.',
  none: 'Todavía no se ha grabado nada.',
  stored: 'En este navegador',
  nameless: 'Sin nombre',
  files: (count) => plural(count, { one: 'un archivo', other: `${count} archivos` }),
  states: { running: 'grabando todavía', cut: 'cortada al cerrarse la página' },
  save: (what) => `Guardar ${what}`,
  saveShort: 'Guardar',
  remove: (what) => `Borrar ${what}`,
  sure: '¿Borrar para siempre?',
  yes: 'Borrar',
  keep: 'Conservar',
  megabytes: (megabytes) => `${number(megabytes, { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB`,
}
