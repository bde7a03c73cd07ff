import { signal } from '../util/signals.ts'
import { parseName } from '../wire/topic.ts'
import { readStageChoice } from './stage-choice.ts'
import type { SettingsView, TransportPolicy } from './views.ts'

/** Where settings are kept, by key: as localStorage does, but never throwing. */
export interface SettingsStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

const NAME_KEY = 'parley:name'
const TRANSPORT_POLICY_KEY = 'parley:ice-transport-policy'
const STAGE_KEY = 'parley:stage'
const SPEAKER_KEY = 'parley:audiooutput'
const LANGUAGE_KEY = 'parley:language'
const SHORTCUTS_KEY = 'parley:shortcuts'
const TRANSPORT_POLICIES: readonly TransportPolicy[] = ['all', 'relay', 'direct']

/** Reads what was chosen earlier, and keeps what is chosen from now on. */
export function createSettings(storage: SettingsStorage): SettingsView {
  const name = signal(parseName(storage.get(NAME_KEY) ?? ''))
  const speaker = signal(storage.get(SPEAKER_KEY) ?? '')
  const language = signal(storage.get(LANGUAGE_KEY) ?? '')
  const remembered = storage.get(TRANSPORT_POLICY_KEY)
  const transportPolicy = signal<TransportPolicy>(TRANSPORT_POLICIES.find((policy) => policy === remembered) ?? 'all')
  const shortcuts = signal(storage.get(SHORTCUTS_KEY) !== 'off')
  const stage = signal(readStageChoice(storage.get(STAGE_KEY)))
  return {
    name,
    setName(text) {
      const cleaned = parseName(text)
      if (cleaned === name.peek()) return
      name.value = cleaned
      storage.set(NAME_KEY, cleaned)
    },
    transportPolicy,
    setTransportPolicy(policy) {
      transportPolicy.value = policy
      storage.set(TRANSPORT_POLICY_KEY, policy)
    },
    stage,
    setStage(changes) {
      stage.value = { ...stage.peek(), ...changes }
      storage.set(STAGE_KEY, JSON.stringify(stage.peek()))
    },
    language,
    setLanguage(tag) {
      language.value = tag
      storage.set(LANGUAGE_KEY, tag)
    },
    shortcuts,
    setShortcuts(on) {
      shortcuts.value = on
      storage.set(SHORTCUTS_KEY, on ? 'on' : 'off')
    },
    speaker,
    setSpeaker(deviceId) {
      speaker.value = deviceId
      storage.set(SPEAKER_KEY, deviceId)
    },
  }
}
