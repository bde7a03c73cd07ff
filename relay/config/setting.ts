import { defaultConfig } from './defaults.ts'
import type { Kind } from './kind.ts'
import { readPath } from './path.ts'
import type { PathIn, ValueAt } from './path.ts'
import type { RelayConfig } from './types.ts'

/** One thing that can be chosen: by flag `--name`, by variable `PARLEY_NAME`, or by `"name"` in the configuration file. */
export interface Setting {
  readonly name: string
  /** For the help text: a sentence without its full stop. Of a choice of two, what happens when it is `yes`. */
  readonly help: string
  /** How each single value is written. */
  readonly kind: Kind<unknown>
  /** Whether there may be several values; then the value is a list. */
  readonly repeatable: boolean
  /** Where the value belongs in RelayConfig; undefined when `assemble` makes something of it. */
  readonly path: string | undefined
  /** The value when nobody chooses one. */
  readonly byDefault: unknown
  /** What happens when there is no default, for the help text. */
  readonly otherwise: string | undefined
  /** Never shown. */
  readonly secret: boolean
  /** Another variable, read when the usual one is not set. */
  readonly alias: string | undefined
}

type Extras = Partial<Pick<Setting, 'byDefault' | 'otherwise' | 'secret' | 'alias'>>
type Item<List> = List extends ReadonlyArray<infer Each> ? Each : never

/** A setting that is a value of RelayConfig, with the default from there. */
export function at<const Path extends PathIn<RelayConfig>>(
  name: string, path: Path, kind: Kind<NonNullable<ValueAt<RelayConfig, Path>>>, help: string, extras: Extras = {}
): Setting {
  return { ...free(name, kind, help, { byDefault: readPath(defaultConfig(), path), ...extras }), path }
}

/** A setting that is a list in RelayConfig. */
export function listAt<const Path extends PathIn<RelayConfig>>(
  name: string, path: Path, kind: Kind<Item<ValueAt<RelayConfig, Path>>>, help: string
): Setting {
  return { ...free(name, kind, help, { byDefault: readPath(defaultConfig(), path) }), repeatable: true, path }
}

/** A setting of which `assemble` makes something, together with others. */
export function free(name: string, kind: Kind<unknown>, help: string, extras: Extras = {}): Setting {
  return {
    name, kind, help, repeatable: false, path: undefined, byDefault: undefined, otherwise: undefined, secret: false, alias: undefined,
    ...extras
  }
}

/** The environment variable of a setting. */
export function variableOf(name: string): string {
  return `PARLEY_${name.replaceAll('-', '_').toUpperCase()}`
}
