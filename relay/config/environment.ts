import type { Given } from './given.ts'
import { variableOf } from './setting.ts'
import { SETTINGS } from './settings.ts'
import { nearest } from './spelling.ts'
import { ConfigError } from './types.ts'

/** A process's environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Names the configuration file. */
export const FILE_VARIABLE = variableOf('config')

const PREFIX = variableOf('')
/** What Docker and Kubernetes set for a service that happens to be called "parley". */
const LINK_NAME = /_SERVICE_(HOST|PORT)(_\w+)?$|_PORT_\d+_(TCP|UDP)(_\w+)?$/
const LINK_VALUE = /^(tcp|udp):\/\//

/**
 * Reads the variables of all settings. An empty one counts as not set, for that is what a compose file makes of a
 * variable that it passes on.
 *
 * @throws {ConfigError} for a variable that begins like ours and is none
 */
export function readEnvironment(env: Environment): Given[] {
  const set = (name: string): boolean => env[name] !== undefined && env[name] !== '' && !isServiceLink(name, env[name])
  refuseUnknown(Object.keys(env).filter((name) => name.startsWith(PREFIX) && set(name)))
  return SETTINGS.flatMap((setting) => {
    const place = [variableOf(setting.name), setting.alias ?? ''].find(set)
    const text = place === undefined ? undefined : env[place]
    if (place === undefined || text === undefined) return []
    const texts = setting.repeatable ? text.split(/[\s,]+/).filter((each) => each !== '') : [text]
    return [{ setting, texts, source: 'variable' as const, place }]
  })
}

function refuseUnknown(names: readonly string[]): void {
  const known = [FILE_VARIABLE, ...SETTINGS.map(({ name }) => variableOf(name))]
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const meant = nearest(unknown.replace(`${PREFIX}NO_`, PREFIX).slice(PREFIX.length), known.map((name) => name.slice(PREFIX.length)))
  throw new ConfigError(`The variable ${unknown} is not a setting; ${meant === undefined ? '--help lists them' : `perhaps ${PREFIX}${meant} was meant`}.`)
}

function isServiceLink(name: string, value: string): boolean {
  return LINK_NAME.test(name) || LINK_VALUE.test(value)
}
