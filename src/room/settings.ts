import { signal } from '../util/signals.ts'
import { parseName } from '../wire/index.ts'
import type { SettingsView } from './views.ts'

/** Where settings are kept, by key: as localStorage does, but never throwing. */
export interface SettingsStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

const NAME_KEY = 'parley:name'

/** Reads what was chosen earlier, and keeps what is chosen from now on. */
export function createSettings(storage: SettingsStorage): SettingsView {
  const name = signal(parseName(storage.get(NAME_KEY) ?? ''))
  return {
    name,
    setName(text) {
      const cleaned = parseName(text)
      if (cleaned === name.peek()) return
      name.value = cleaned
      storage.set(NAME_KEY, cleaned)
    },
  }
}
