import { dirname, resolve } from 'node:path'
import { settingNamed } from './given.ts'
import type { Given } from './given.ts'
import { filePath } from './kind.ts'
import type { Setting } from './setting.ts'
import { SETTINGS } from './settings.ts'
import { nearest } from './spelling.ts'
import { ConfigError } from './types.ts'

/** Reads a file's text; throws as `readFileSync` does. */
export type ReadText = (path: string) => string

/**
 * Reads a configuration file: a JSON object whose keys are names of settings, `{ "turn-port": 3478, "app": false }`.
 * Paths in it are relative to its folder.
 *
 * @throws {ConfigError} when it cannot be read, and for a key or a value that is none
 */
export function readConfigFile(file: string, readText: ReadText): Given[] {
  return Object.entries(readObject(file, readText)).map(([name, value]) => {
    const setting = settingNamed(name)
    if (setting === undefined) throw new ConfigError(unknownKey(name, file))
    const place = `"${name}" in ${file}`
    const texts = textsOf(setting, value, place).map((text) => setting.kind === filePath && text !== '' ? resolve(dirname(file), text) : text)
    return { setting, texts, source: 'file', place }
  })
}

function readObject(file: string, readText: ReadText): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(readText(file))
  } catch (cause) {
    const why = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : `cannot be read (${(cause as NodeJS.ErrnoException).code})`
    throw new ConfigError(`The configuration file ${file} ${oneLine(why)}.`, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ConfigError(`The configuration file ${file} should hold one JSON object.`)
  return value as Record<string, unknown>
}

function textsOf({ repeatable, secret }: Setting, value: unknown, place: string): string[] {
  const values = repeatable && Array.isArray(value) ? value as unknown[] : [value]
  return values.map((each) => {
    if (typeof each === 'string') return each
    if (typeof each === 'number' || typeof each === 'boolean') return String(each)
    const expected = repeatable ? 'a list of texts' : 'a text, a number, true or false'
    throw new ConfigError(`${place} is ${secret ? 'something else' : JSON.stringify(each)}; it should be ${expected}.`)
  })
}

function unknownKey(name: string, file: string): string {
  const meant = nearest(name, SETTINGS.map((each) => each.name))
  return `"${name}" in ${file} is not a setting; ${meant === undefined ? '--help lists them' : `perhaps "${meant}" was meant`}.`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replace(/\.$/, '')
}
