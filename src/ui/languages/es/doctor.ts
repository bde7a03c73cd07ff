import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('es')

export const doctor: Language['doctor'] = {
  title: 'Comprobar mi conexión',
  lead: 'Esto abre un momento tu cámara y tu micrófono y pregunta a los repetidores que usas. Nadie te ve ni te oye, y no se guarda nada. Tarda menos de un minuto.',
  speak: 'Di algo ahora, por favor.',
  running: (left) => plural(left, { one: 'Comprobando, falta una cosa…', other: `Comprobando, faltan ${left} cosas…` }),
  starting: 'Comprobando…',
  done: (problems, notes) => {
    if (problems > 0) return plural(problems, { one: 'Hemos encontrado un problema.', other: `Hemos encontrado ${problems} problemas.` })
    if (notes > 0) return plural(notes, { one: 'No hay nada roto. Conviene saber una cosa.', other: `No hay nada roto. Conviene saber ${notes} cosas.` })
    return 'Todo funciona.'
  },
  speaker: 'Reproducir un sonido',
  speakerHint: '¿Lo oyes? Si no, sube el volumen o elige otro altavoz en los ajustes de sonido del sistema.',
  details: 'Qué se ha comprobado',
  again: 'Comprobar de nuevo',
  report: 'Informe para quien te ayude',
  reportLead: 'Dice qué se ha comprobado, qué ha resultado y qué navegador usas.',
  include: 'Añadir nombres y direcciones de red',
  copyReport: 'Copiar informe',
  milliseconds: (ms) => `${number(ms)} ms`,
  sides: { you: 'De tu lado', relay: 'En el repetidor', them: 'Del otro lado', unknown: 'En algún punto intermedio', nowhere: '' },
  verdicts: { running: 'comprobando', good: 'bien', note: 'conviene saberlo', bad: 'problema', unknown: 'no se sabe' },
  checks: {
    page: 'Esta página', camera: 'Cámara', microphone: 'Micrófono', relay: 'Repetidores', stun: 'Encontrar tu dirección', 'turn-udp': 'Llamadas por el repetidor, UDP',
    'turn-tcp': 'Llamadas por el repetidor, TCP', 'turn-tls': 'Llamadas por el repetidor, TLS', udp: 'UDP en tu red', tcp: 'TCP en tu red',
    nat: 'Tu router', ipv6: 'IPv6', person: 'Personas',
  },
  results: {
    secure: 'segura', insecure: 'no es segura', 'no-webrtc': 'el navegador no hace llamadas', offline: 'sin conexión',
    picture: 'da imagen', 'no-picture': 'no llega imagen', heard: 'te oímos', faint: 'solo sonidos débiles', silent: 'silencio total',
    unmeasured: 'no se ha podido escuchar', unanswered: 'aún sin permiso',
    'permission-refused': 'sin permiso', 'device-missing': 'no se ha encontrado', 'device-busy': 'lo usa otro programa', 'capture-failed': 'no se ha iniciado',
    'capture-unsupported': 'aquí no es posible',
    reserved: 'conectado, se te puede encontrar', reached: 'responde', 'not-a-relay': 'no es un repetidor', forbidden: 'no permitido desde esta página',
    'no-answer': 'no responde', 'none-known': 'no se conoce ninguno',
    answered: 'funciona', carried: 'funciona', allocated: 'acepta llamadas, pero no transmite nada', refused: 'rechaza',
    open: 'abierto', blocked: 'bloqueado', unknown: 'no se puede saber',
    'nat-none': 'no estorba', 'nat-easy': 'deja pasar llamadas directas', 'nat-hard': 'dificulta las llamadas directas',
    'ipv6-yes': 'hay', 'ipv6-no': 'no hay',
    direct: 'conexión directa', relayed: 'conexión por un repetidor', unreachable: 'sin conexión',
    stopped: 'no terminó a tiempo',
  },
  findings: {
    'page-insecure': () => [
      'Esta página no es segura, así que el navegador prohíbe las llamadas.',
      'Ábrela con https, o como localhost en el equipo que la sirve.',
    ],
    'no-webrtc': () => [
      'Este navegador no puede hacer llamadas: WebRTC está desactivado.',
      'Busca una extensión o un ajuste que bloquee WebRTC, o usa otro navegador.',
    ],
    'offline': () => [
      'Estás sin conexión.',
      'Comprueba la wifi, el cable o los datos móviles. En una misma red puedes llamar sin repetidor: mira la página de inicio.',
    ],
    'no-relay-known': () => [
      'No se conoce ningún repetidor, así que nadie puede encontrarte.',
      'Abre Parley desde la página de un repetidor, o usa un enlace que nombre uno.',
    ],
    'no-relay-answers': () => [
      'Ningún repetidor responde.',
      'Comprueba que se abren otras páginas. Si es así, puede que tu red bloquee los repetidores, o que todos estén caídos: prueba con datos móviles, o pregunta a quien gestiona el repetidor.',
    ],
    'relay-silent': (who) => [`${who} no responde.`, 'No hay nada que hacer mientras funcione otro. Avisa a quien lo gestiona.'],
    'not-a-relay': (who) => [
      `${who}: lo que responde en esta dirección no es un repetidor.`,
      'La dirección está anticuada. Pide la actual.',
    ],
    'relay-slow': (who) => [
      `${who} tarda en responder: está lejos, o tu conexión está ocupada.`,
      'Pausa las descargas. Un repetidor más cercano ayudaría.',
    ],
    'not-findable': () => [
      'Los repetidores responden, pero ninguno te guarda un sitio. Puede que no te alcance la gente a la que llames por dirección.',
      'Espera un minuto y comprueba de nuevo. Si sigue igual, el repetidor está lleno: avisa a quien lo gestiona.',
    ],
    'udp-blocked': () => [
      'Tu red bloquea UDP.',
      'Las llamadas tienen que ir entonces por un repetidor con TCP, y se entrecortan. Pide a quien gestiona la red que permita UDP, o prueba otra, como los datos móviles.',
    ],
    'udp-unanswered': () => [
      'El repetidor no responde por UDP.',
      'Lo bloquea tu red, o el cortafuegos del repetidor. Las llamadas van entonces por el repetidor con TCP y pueden entrecortarse. Comprueba desde otra red, como los datos móviles. Si allí es igual, pide a quien gestiona el repetidor que abra sus puertos UDP.',
    ],
    'tcp-blocked': () => [
      'Tu red solo deja pasar UDP. Las llamadas funcionan, pero cuesta más llegar a los repetidores.',
      'No hay nada que hacer mientras funcionen las llamadas.',
    ],
    'turn-none': () => [
      'Ninguno de tus repetidores transmite llamadas. No se puede alcanzar a quienes están en redes estrictas.',
      'Usa un repetidor con TURN activado, o pídelo a quien gestiona el tuyo.',
    ],
    'turn-refused': () => [
      'El repetidor se niega a transmitir tus llamadas.',
      'Recarga la página para obtener un permiso nuevo. Si sigue igual, el repetidor está lleno o mal configurado: avisa a quien lo gestiona.',
    ],
    'turn-unreachable': () => [
      'El repetidor ofrece transmitir llamadas, pero no se le puede alcanzar para eso. No se puede alcanzar a quienes están en redes estrictas.',
      'Sus puertos están cerrados, o tu red los bloquea. Comprueba desde otra red y avisa a quien gestiona el repetidor.',
    ],
    'turn-carries-nothing': () => [
      'El repetidor acepta llamadas pero no transmite nada.',
      'Avisa a quien lo gestiona: es probable que los puertos UDP del propio repetidor estén cerrados.',
    ],
    'nat-hard': () => [
      'Tu router da a cada interlocutor otro puerto, así que algunas llamadas van por un repetidor.',
      'Las llamadas funcionan. Para más calidad, prueba otra red.',
    ],
    'nat-hard-alone': () => [
      'Tu router dificulta las llamadas directas, y ningún repetidor las transmite por ti. A algunas personas no las alcanzarás.',
      'Prueba otra red, como los datos móviles, o usa un repetidor con TURN.',
    ],
    'relay-only-alone': () => [
      'Solo permites llamadas por un repetidor, y ningún repetidor las transmite por ti. Así no alcanzas a nadie.',
      'Elige otro camino en los ajustes, o usa un repetidor con TURN.',
    ],
    'camera-failed': (_who, why) => [`Tu cámara no se inicia. ${why}`, ''],
    'camera-dark': () => [
      'Tu cámara está abierta pero no da imagen.',
      'Abre su tapa o su interruptor, cierra otros programas que la usen, o elige otra.',
    ],
    'camera-unanswered': () => [
      'El navegador espera a que permitas la cámara.',
      'Permítela en la pregunta del navegador junto a la dirección de la página.',
    ],
    'microphone-failed': (_who, why) => [`Tu micrófono no se inicia. ${why}`, ''],
    'microphone-silent': () => [
      'Tu micrófono está abierto pero en silencio total.',
      'Está silenciado en el sistema, o por un interruptor del aparato. Actívalo en los ajustes de sonido del sistema, busca un interruptor o una tecla, o elige otro micrófono.',
    ],
    'microphone-faint': () => [
      'Apenas hemos oído nada de tu micrófono.',
      'Si has hablado: acércate, sube su nivel en los ajustes de sonido del sistema, o elige otro.',
    ],
    'microphone-unanswered': () => [
      'El navegador espera a que permitas el micrófono.',
      'Permítelo en la pregunta del navegador junto a la dirección de la página.',
    ],
    'muted-here': () => ['Tienes el micrófono silenciado en Parley.', 'Pulsa el botón del micrófono cuando quieras que se te oiga.'],
    'person-unheard': (who) => [
      `No llega nada de ${who}: su red está caída o su página está cerrada.`,
      'Pídele por otro medio que compruebe su red y recargue la página.',
    ],
    'person-policy': (who) => [
      `No hay camino directo a ${who}, y tus ajustes no permiten otro.`,
      'Permite los repetidores en los ajustes, al menos para esta llamada.',
    ],
    'person-your-side': (who) => [
      `No se puede alcanzar a ${who} por culpa de tu lado: nada sale de tu red hacia los demás.`,
      'Mira los otros puntos de aquí: basta con resolver uno.',
    ],
    'person-their-side': (who) => [
      `No se puede alcanzar a ${who}, aunque de tu lado todo está bien.`,
      'Pídele que haga también esta comprobación. Allí dirá más.',
    ],
    'person-no-way': (who) => [
      `No hay camino directo a ${who}, y ningún repetidor transmite tus llamadas.`,
      'Usa un repetidor con TURN, u otra red en uno de los dos lados.',
    ],
    'person-relayed': (who) => [
      `Tú y ${who} habláis por un repetidor: no se ha encontrado un camino directo.`,
      'Las llamadas funcionan. Otra red en uno de los dos lados quizá dé mejor imagen.',
    ],
    'person-relayed-tcp': (who) => [
      `Tú y ${who} habláis por un repetidor con TCP, y puede entrecortarse.`,
      'Tu red bloquea los caminos mejores. Prueba otra.',
    ],
    'person-slow': (who) => [
      `Lo que dices tarda mucho en ir hasta ${who} y volver.`,
      'Pausa las descargas, acércate a tu wifi o usa un cable.',
    ],
    'all-fine': () => [
      'Todo lo que podemos comprobar funciona.',
      'Si aún falla algo, pide a los demás que hagan también esta comprobación.',
    ],
  },
  relay: { numbered: (position) => `repetidor ${position}`, named: (name) => `el repetidor ${name}`, short: (position) => `Repetidor ${position}` },
  person: { numbered: (position) => `persona ${position}`, short: (position) => `Persona ${position}` },
}
