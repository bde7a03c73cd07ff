import type { Language } from '../language.ts'

export const lobby: Language['lobby'] = {
  sound: {
    label: 'Altavoz',
    system: 'El que elija el sistema',
    other: 'Otro altavoz…',
    test: 'Reproducir un sonido',
    heardIt: '¿Lo has oído? Si no, elige otro altavoz o sube el volumen.',
    lost: 'Ese altavoz ya no está. Ahora oyes a los demás por el del sistema.',
    notHeard: 'Tu micrófono está encendido, pero no llega nada. ¿Está silenciado en los auriculares?',
  },
  recent: {
    title: 'Llamadas recientes',
    kept: 'Guardadas solo en este dispositivo',
    enterPublic: (topic) => `Volver a «${topic}», una plaza pública`,
    enterPrivate: (topic) => `Volver a «${topic}», una llamada privada`,
    forget: (topic) => `Olvidar «${topic}»`,
    forgetAll: 'Olvidar todas',
    remember: 'Recordar las llamadas recientes en este dispositivo',
    rememberHint: 'Quien use este navegador después de ti también podría entrar. Desactívalo en un dispositivo compartido.',
  },
  program: {
    outdated: 'Hay una nueva versión de Parley.',
    renew: 'Usarla ahora',
    install: 'Instalar Parley en este dispositivo',
  },
}
