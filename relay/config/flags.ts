import { yesNo } from './kind.ts'
import { settingNamed } from './given.ts'
import type { Given } from './given.ts'
import { SETTINGS } from './settings.ts'
import { nearest } from './spelling.ts'
import { ConfigError } from './types.ts'

/** What a flag does that is no setting. */
export const ACTIONS = {
  config: { value: 'FILE', help: 'read settings from this JSON file, or from that which PARLEY_CONFIG names' },
  'print-config': { help: 'show every setting and where it comes from, and stop' },
  help: { help: 'show this text' },
  version: { help: 'show the version' }
} as const

/** What stands on the command line. */
export interface Flags {
  readonly given: readonly Given[]
  /** Configuration file. */
  readonly file: string | undefined
  readonly actions: ReadonlySet<string>
}

/**
 * Reads `--name value`, `--name=value`, `--name` and `--no-name`. The last of several wins, unless the setting is a list.
 *
 * @throws {ConfigError} for what is no flag, and for a value that is missing or superfluous
 */
export function readFlags(args: readonly string[]): Flags {
  const found = new Map<string, { texts: string[], place: string }>()
  for (let index = 0; index < args.length; index++) {
    const [, name = '', inline] = /^--([^=]+)(?:=(.*))?$/s.exec(args[index] ?? '') ?? []
    if (name === '') throw new ConfigError(`${JSON.stringify(args[index])} is not a flag; --help lists them.`)
    const { key, implied, placeholder, repeatable } = flagNamed(name)
    if (inline !== undefined && placeholder === undefined) throw new ConfigError(`--${name} takes no value.`)
    const text = inline ?? implied ?? valueAfter(args, index)
    if (text === undefined) throw new ConfigError(`--${name} needs a value: --${name} ${placeholder}.`)
    if (inline === undefined && implied === undefined) index++
    found.set(key, { texts: [...repeatable === true ? found.get(key)?.texts ?? [] : [], text], place: `--${name}` })
  }
  return {
    given: [...found].flatMap(([name, { texts, place }]): Given[] => {
      const setting = settingNamed(name)
      return setting === undefined ? [] : [{ setting, texts, source: 'flag', place }]
    }),
    file: found.get('config')?.texts[0],
    actions: new Set([...found.keys()].filter((name) => Object.hasOwn(ACTIONS, name)))
  }
}

interface Flag {
  /** What it is about: a setting's name, or an action's. */
  key: string
  /** What it means without a value; undefined when it needs one. */
  implied?: string
  /** Stands for the value; undefined when it takes none. */
  placeholder?: string
  repeatable?: boolean
}

function flagNamed(name: string): Flag {
  if (name === 'config') return { key: name, placeholder: ACTIONS.config.value }
  if (Object.hasOwn(ACTIONS, name)) return { key: name, implied: '' }
  const setting = settingNamed(name)
  if (setting?.kind === yesNo) return { key: name, implied: 'yes', placeholder: '' }
  if (setting !== undefined) return { key: name, placeholder: setting.kind.placeholder, repeatable: setting.repeatable }
  const denied = name.startsWith('no-') ? settingNamed(name.slice(3)) : undefined
  if (denied?.kind === yesNo) return { key: denied.name, implied: 'no' }
  throw new ConfigError(unknownFlag(name))
}

/** The next word, unless that is a flag: then the value was forgotten. */
function valueAfter(args: readonly string[], index: number): string | undefined {
  const next = args[index + 1]
  return next?.startsWith('--') === true ? undefined : next
}

function unknownFlag(name: string): string {
  const known = [...Object.keys(ACTIONS), ...SETTINGS.flatMap((each) => each.kind === yesNo ? [each.name, `no-${each.name}`] : [each.name])]
  const meant = nearest(name, known)
  return meant === undefined ? `--${name} is not a setting; --help lists them.` : `--${name} is not a setting; perhaps --${meant} was meant.`
}
