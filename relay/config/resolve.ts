import type { Given, SourceKind } from './given.ts'
import type { Setting } from './setting.ts'
import { SETTINGS } from './settings.ts'
import { ConfigError } from './types.ts'

/** The value of a setting and where it was chosen. */
export interface Resolved {
  readonly setting: Setting
  /** Of the setting's kind, or a list of that; undefined when nobody chose one and there is no default. */
  readonly value: unknown
  readonly source: SourceKind
  readonly place: string
}

/** Every setting by its name. */
export type Resolution = ReadonlyMap<string, Resolved>

/**
 * Chooses among what several sources say, the strongest first, and reads it.
 *
 * @throws {ConfigError} for a value that is none
 */
export function resolveSettings(sources: ReadonlyArray<readonly Given[]>): Resolution {
  const given = sources.flat()
  return new Map(SETTINGS.map((setting) => {
    const chosen = given.find((each) => each.setting === setting)
    return [setting.name, chosen === undefined ? byDefault(setting) : { ...chosen, value: readValue(chosen) }]
  }))
}

/** Whether somebody chose the value, rather than leaving it at its default. */
export function isChosen({ source }: Resolved): boolean {
  return source !== 'default'
}

/** The setting of that name, which must exist, with its value. */
export function settled(resolution: Resolution, name: string): Resolved {
  const found = resolution.get(name)
  if (found === undefined) throw new Error(`there is no setting ${name}`)
  return found
}

function byDefault(setting: Setting): Resolved {
  return { setting, value: setting.byDefault, source: 'default', place: `--${setting.name}` }
}

function readValue({ setting, texts, place }: Given): unknown {
  const values = texts.map((text) => {
    const value = setting.kind.parse(text)
    if (value !== undefined) return value
    const shown = setting.secret ? 'not usable' : JSON.stringify(text)
    throw new ConfigError(`${place} is ${shown}; it should be ${setting.kind.expected}.`)
  })
  return setting.repeatable ? values : values[0]
}
