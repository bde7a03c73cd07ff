import { SETTINGS } from './settings.ts'
import type { Setting } from './setting.ts'

/** Where a value was read; the later of two wins. */
export type SourceKind = 'default' | 'file' | 'variable' | 'flag'

/** What one source says about one setting, not yet read. */
export interface Given {
  readonly setting: Setting
  /** One text, or of a repeatable setting any number. */
  readonly texts: readonly string[]
  readonly source: SourceKind
  /** How a person finds the place: `--port`, `PARLEY_PORT`, `"port" in relay.json`. */
  readonly place: string
}

const BY_NAME = new Map(SETTINGS.map((setting) => [setting.name, setting]))

/** The setting of that name. */
export function settingNamed(name: string): Setting | undefined {
  return BY_NAME.get(name)
}
