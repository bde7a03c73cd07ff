import { formats } from '../../formats.ts'
import type { Language } from '../language.ts'

const { number, plural } = formats('fr')

export const doctor: Language['doctor'] = {
  title: 'Vérifier ma connexion',
  lead: 'Ceci ouvre un instant votre caméra et votre micro, et interroge les relais que vous utilisez. Personne ne vous voit ni ne vous entend, et rien n’est enregistré. Cela prend moins d’une minute.',
  speak: 'Dites quelque chose maintenant.',
  running: (left) => plural(left, { one: 'Vérification, encore un point…', other: `Vérification, encore ${left} points…` }),
  starting: 'Vérification…',
  done: (problems, notes) => {
    if (problems > 0) return plural(problems, { one: 'Nous avons trouvé un problème.', other: `Nous avons trouvé ${problems} problèmes.` })
    if (notes > 0) return plural(notes, { one: 'Rien n’est cassé. Une chose est bonne à savoir.', other: `Rien n’est cassé. ${notes} choses sont bonnes à savoir.` })
    return 'Tout fonctionne.'
  },
  speaker: 'Jouer un son',
  speakerHint: 'L’entendez-vous ? Sinon, montez le volume ou choisissez un autre haut-parleur dans les réglages du son du système.',
  details: 'Ce qui a été vérifié',
  again: 'Vérifier de nouveau',
  report: 'Rapport pour quelqu’un qui vous aide',
  reportLead: 'Il dit ce qui a été vérifié, ce qui en est sorti, et quel navigateur vous utilisez.',
  include: 'Ajouter les noms et les adresses réseau',
  copyReport: 'Copier le rapport',
  milliseconds: (ms) => `${number(ms)} ms`,
  sides: { you: 'De votre côté', relay: 'Au relais', them: 'De l’autre côté', unknown: 'Quelque part entre les deux', nowhere: '' },
  verdicts: { running: 'en cours', good: 'bon', note: 'bon à savoir', bad: 'problème', unknown: 'inconnu' },
  checks: {
    page: 'Cette page', camera: 'Caméra', microphone: 'Micro', relay: 'Relais', stun: 'Trouver votre adresse', 'turn-udp': 'Appels par le relais, UDP',
    'turn-tcp': 'Appels par le relais, TCP', 'turn-tls': 'Appels par le relais, TLS', udp: 'UDP dans votre réseau', tcp: 'TCP dans votre réseau',
    nat: 'Votre routeur', ipv6: 'IPv6', person: 'Personnes',
  },
  results: {
    secure: 'sûre', insecure: 'pas sûre', 'no-webrtc': 'le navigateur ne sait pas appeler', offline: 'hors ligne',
    picture: 'donne une image', 'no-picture': 'aucune image ne vient', heard: 'nous vous entendons', faint: 'sons faibles seulement', silent: 'silence complet',
    unmeasured: 'écoute impossible', unanswered: 'pas encore d’autorisation',
    'permission-refused': 'pas autorisé', 'device-missing': 'rien de trouvé', 'device-busy': 'utilisé par un autre programme', 'capture-failed': 'n’a pas démarré',
    'capture-unsupported': 'impossible ici',
    reserved: 'connecté, on peut vous trouver', reached: 'répond', 'not-a-relay': 'n’est pas un relais', forbidden: 'interdit depuis cette page',
    'no-answer': 'pas de réponse', 'none-known': 'aucun connu',
    answered: 'marche', carried: 'marche', allocated: 'accepte les appels, mais ne transporte rien', refused: 'refuse',
    open: 'ouvert', blocked: 'bloqué', unknown: 'indéterminé',
    'nat-none': 'ne gêne pas', 'nat-easy': 'laisse passer les appels directs', 'nat-hard': 'gêne les appels directs',
    'ipv6-yes': 'présent', 'ipv6-no': 'absent',
    direct: 'relié directement', relayed: 'relié par un relais', unreachable: 'pas relié',
    stopped: 'pas fini à temps',
  },
  findings: {
    'page-insecure': () => [
      'Cette page n’est pas sûre, donc le navigateur interdit les appels.',
      'Ouvrez-la en https, ou comme localhost sur la machine qui la sert.',
    ],
    'no-webrtc': () => [
      'Ce navigateur ne peut pas appeler : WebRTC est désactivé.',
      'Cherchez une extension ou un réglage qui bloque WebRTC, ou changez de navigateur.',
    ],
    'offline': () => [
      'Vous êtes hors ligne.',
      'Vérifiez le Wi-Fi, le câble ou les données mobiles. Sur un même réseau, vous pouvez appeler sans relais : voyez la page d’accueil.',
    ],
    'no-relay-known': () => [
      'Aucun relais n’est connu, donc personne ne peut vous trouver.',
      'Ouvrez Parley depuis la page d’un relais, ou prenez un lien qui en nomme un.',
    ],
    'no-relay-answers': () => [
      'Aucun relais ne répond.',
      'Vérifiez que d’autres pages s’ouvrent. Si oui, votre réseau bloque peut-être les relais, ou tous sont en panne : essayez les données mobiles, ou demandez à qui gère le relais.',
    ],
    'relay-silent': (who) => [`${who} ne répond pas.`, 'Rien à faire tant qu’un autre marche. Prévenez qui le gère.'],
    'not-a-relay': (who) => [
      `${who} : ce qui répond à cette adresse n’est pas un relais.`,
      'L’adresse est périmée. Demandez l’adresse actuelle.',
    ],
    'relay-slow': (who) => [
      `${who} répond lentement : il est loin, ou votre connexion est chargée.`,
      'Suspendez les téléchargements. Un relais plus proche aiderait.',
    ],
    'not-findable': () => [
      'Les relais répondent, mais aucun ne garde de place pour vous. Ceux que vous appelez par adresse ne vous joindront peut-être pas.',
      'Attendez une minute et vérifiez de nouveau. Si rien ne change, le relais est plein : prévenez qui le gère.',
    ],
    'udp-blocked': () => [
      'Votre réseau bloque UDP.',
      'Les appels passent alors par un relais en TCP, ce qui les rend saccadés. Demandez à qui gère le réseau d’autoriser UDP, ou essayez-en un autre, comme les données mobiles.',
    ],
    'udp-unanswered': () => [
      'Le relais ne répond pas en UDP.',
      'Votre réseau le bloque, ou le pare-feu du relais. Les appels passent alors par le relais en TCP et peuvent être saccadés. Vérifiez depuis un autre réseau, comme les données mobiles. Si c’est pareil là-bas, demandez à qui gère le relais d’ouvrir ses ports UDP.',
    ],
    'tcp-blocked': () => [
      'Votre réseau ne laisse passer qu’UDP. Les appels marchent, mais les relais sont plus difficiles à joindre.',
      'Rien à faire tant que les appels marchent.',
    ],
    'turn-none': () => [
      'Aucun de vos relais ne transporte les appels. Les personnes dans des réseaux stricts sont injoignables.',
      'Prenez un relais où TURN est activé, ou demandez-le à qui gère le vôtre.',
    ],
    'turn-refused': () => [
      'Le relais refuse de transporter vos appels.',
      'Rechargez la page pour une nouvelle autorisation. Si rien ne change, le relais est plein ou mal réglé : prévenez qui le gère.',
    ],
    'turn-unreachable': () => [
      'Le relais propose de transporter les appels, mais ne peut pas être joint pour cela. Les personnes dans des réseaux stricts sont injoignables.',
      'Ses ports sont fermés, ou votre réseau les bloque. Vérifiez depuis un autre réseau, puis prévenez qui gère le relais.',
    ],
    'turn-carries-nothing': () => [
      'Le relais accepte les appels mais ne transporte rien.',
      'Prévenez qui le gère : les ports UDP du relais lui-même sont sans doute fermés.',
    ],
    'nat-hard': () => [
      'Votre routeur donne un autre port à chaque correspondant, donc certains appels passent par un relais.',
      'Les appels marchent. Pour une meilleure qualité, essayez un autre réseau.',
    ],
    'nat-hard-alone': () => [
      'Votre routeur gêne les appels directs, et aucun relais ne les transporte pour vous. Certaines personnes seront injoignables.',
      'Essayez un autre réseau, comme les données mobiles, ou prenez un relais avec TURN.',
    ],
    'relay-only-alone': () => [
      'Vous n’autorisez que les appels par relais, et aucun relais ne les transporte pour vous. Vous ne joignez donc personne.',
      'Choisissez un autre chemin dans les réglages, ou prenez un relais avec TURN.',
    ],
    'camera-failed': (_who, why) => [`Votre caméra ne démarre pas. ${why}`, ''],
    'camera-dark': () => [
      'Votre caméra est ouverte mais ne donne pas d’image.',
      'Ouvrez son cache ou son interrupteur, fermez les autres programmes qui l’utilisent, ou choisissez-en une autre.',
    ],
    'camera-unanswered': () => [
      'Le navigateur attend que vous autorisiez la caméra.',
      'Autorisez-la dans la question du navigateur près de l’adresse de la page.',
    ],
    'microphone-failed': (_who, why) => [`Votre micro ne démarre pas. ${why}`, ''],
    'microphone-silent': () => [
      'Votre micro est ouvert mais complètement silencieux.',
      'Il est coupé dans le système, ou par un interrupteur de l’appareil. Réactivez-le dans les réglages du son, cherchez un interrupteur ou une touche, ou choisissez un autre micro.',
    ],
    'microphone-faint': () => [
      'Nous n’avons presque rien entendu de votre micro.',
      'Si vous avez bien parlé : approchez-vous, montez son niveau dans les réglages du son, ou choisissez-en un autre.',
    ],
    'microphone-unanswered': () => [
      'Le navigateur attend que vous autorisiez le micro.',
      'Autorisez-le dans la question du navigateur près de l’adresse de la page.',
    ],
    'muted-here': () => ['Votre micro est coupé dans Parley.', 'Appuyez sur le bouton du micro quand vous voulez qu’on vous entende.'],
    'person-unheard': (who) => [
      `Rien ne revient de ${who} : son réseau est en panne, ou sa page est fermée.`,
      'Demandez-lui autrement de vérifier son réseau et de recharger la page.',
    ],
    'person-policy': (who) => [
      `Il n’y a pas de chemin direct vers ${who}, et vos réglages n’en autorisent pas d’autre.`,
      'Autorisez les relais dans les réglages, au moins pour cet appel.',
    ],
    'person-your-side': (who) => [
      `${who} est injoignable à cause de votre côté : rien ne sort de votre réseau vers les autres.`,
      'Voyez les autres points ici : en résoudre un suffit.',
    ],
    'person-their-side': (who) => [
      `${who} est injoignable, bien que tout aille de votre côté.`,
      'Demandez-lui de lancer aussi cette vérification. Elle en dira plus là-bas.',
    ],
    'person-no-way': (who) => [
      `Il n’y a pas de chemin direct vers ${who}, et aucun relais ne transporte vos appels.`,
      'Prenez un relais avec TURN, ou un autre réseau d’un côté ou de l’autre.',
    ],
    'person-relayed': (who) => [
      `Vous et ${who} parlez par un relais : aucun chemin direct n’a été trouvé.`,
      'Les appels marchent. Un autre réseau d’un côté ou de l’autre donnera peut-être une meilleure image.',
    ],
    'person-relayed-tcp': (who) => [
      `Vous et ${who} parlez par un relais en TCP, ce qui peut être saccadé.`,
      'Votre réseau bloque les meilleurs chemins. Essayez-en un autre.',
    ],
    'person-slow': (who) => [
      `Ce que vous dites met longtemps à aller jusqu’à ${who} et à revenir.`,
      'Suspendez les téléchargements, rapprochez-vous de votre Wi-Fi, ou prenez un câble.',
    ],
    'all-fine': () => [
      'Tout ce que nous pouvons vérifier fonctionne.',
      'Si quelque chose ne va toujours pas, demandez aux autres de lancer aussi cette vérification.',
    ],
  },
  relay: { numbered: (position) => `relais ${position}`, named: (name) => `le relais ${name}`, short: (position) => `Relais ${position}` },
  person: { numbered: (position) => `personne ${position}`, short: (position) => `Personne ${position}` },
}
