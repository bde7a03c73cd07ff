import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, list } = formats('es')

export const files: Language['files'] = {
  download: 'Descargar',
  downloadNamed: (name) => `Descargar ${name}`,
  save: 'Guardar',
  pause: 'Pausar',
  resume: 'Continuar',
  cancel: 'Cancelar',
  again: 'Intentar de nuevo',
  withdraw: 'Dejar de ofrecer',
  offered: 'Todos los presentes pueden descargarlo de ti mientras sigas aquí.',
  receiving: (name, share) => `${name}: ${number(share, { style: 'percent' })}`,
  has: (names) => `${list(names)} ya ${names.length === 1 ? 'lo tiene' : 'lo tienen'}`,
  progress: (share, speed) => `${number(share, { style: 'percent' })}, ${speed} por segundo`,
  left: (time) => `quedan ${time}`,
  starting: 'Empezando…',
  queued: 'Esperando a los demás archivos…',
  waiting: 'Esperando la conexión…',
  paused: (share) => `En pausa al ${number(share, { style: 'percent' })}`,
  checking: 'Comprobando que está todo…',
  arrived: 'Recibido y comprobado',
  saved: 'Guardado y comprobado',
  withdrawn: 'Ya no se ofrece',
  ownerLeft: (name) => `${name} ha salido y se lo ha llevado.`,
  progressLabel: (name) => `Cuánto ha llegado de ${name}`,
  picture: (name) => `Imagen: ${name}`,
}

export const fileFailures: Language['fileFailures'] = {
  gone: 'Ya no se ofrece, o ha cambiado desde entonces. Vuelve a pedirlo.',
  damaged: 'Llegó dañado y se ha descartado. Inténtalo de nuevo o vuelve a pedirlo.',
  unasked: 'El otro lado envió otra cosa. Se ha descartado.',
  space: 'No hay sitio suficiente en este dispositivo.',
  disk: 'No se pudo escribir en este dispositivo. Inténtalo de nuevo o elige otro lugar.',
}
