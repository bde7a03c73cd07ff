import type { Language } from '../language.ts'

export const network: Language['network'] = {
  loading: 'Un instant…',
  starting: 'Un instant…',
  connecting: 'Connexion…',
  online: 'En ligne',
  thin: 'Connexion lente',
  paused: 'Connexion lente : votre vidéo est en pause pour que l’on vous entende',
  offline: 'Vous êtes hors ligne',
}
