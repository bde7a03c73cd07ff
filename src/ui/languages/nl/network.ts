import type { Language } from '../language.ts'

export const network: Language['network'] = {
  loading: 'Een ogenblik…',
  starting: 'Een ogenblik…',
  connecting: 'Verbinden…',
  online: 'Verbonden',
  thin: 'Trage verbinding',
  paused: 'Trage verbinding: je beeld staat stil zodat men je kan horen',
  offline: 'Je bent offline',
}
