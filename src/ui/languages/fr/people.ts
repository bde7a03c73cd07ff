import type { Language } from '../language.ts'

export const people: Language['people'] = {
  title: 'Participants',
  you: (name) => name === '' ? 'Vous' : `${name} (vous)`,
  handUp: 'Main levée',
  connecting: 'Connexion…',
  reconnecting: 'Reconnexion…',
  unreachable: 'Injoignable',
  sharing: 'Partage un écran',
  volumeOf: (name) => `Volume de ${name}`,
  adjust: (name) => `Régler le volume de ${name}`,
  silence: 'Couper le son pour moi',
  onlyMute: 'Le volume se règle avec les boutons de cet appareil.',
}
