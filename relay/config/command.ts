import { readFileSync } from 'node:fs'
import { assembleConfig } from './assemble.ts'
import { readConfigFile } from './config-file.ts'
import type { ReadText } from './config-file.ts'
import { FILE_VARIABLE, readEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'
import { readFlags } from './flags.ts'
import { helpText } from './help.ts'
import { printConfig } from './print-config.ts'
import { resolveSettings } from './resolve.ts'
import type { RelayConfig } from './types.ts'

/** What the command line asks for. */
export type Command =
  | { kind: 'run', config: RelayConfig }
  | { kind: 'print', text: string }
  | { kind: 'version' }

/**
 * Reads command line, environment and configuration file, in this order of strength.
 *
 * @throws {ConfigError} for what is no setting, and for values that are impossible, alone or together
 */
export function parseCommand(args: readonly string[], env: Environment, readText: ReadText = readUtf8): Command {
  // Whoever asks for help may well have something wrong beside it.
  if (args.includes('--help')) return { kind: 'print', text: helpText() }
  if (args.includes('--version')) return { kind: 'version' }
  const flags = readFlags(args)
  const variables = readEnvironment(env)
  const file = flags.file ?? (env[FILE_VARIABLE] === '' ? undefined : env[FILE_VARIABLE])
  const resolution = resolveSettings([flags.given, variables, file === undefined ? [] : readConfigFile(file, readText)])
  const config = assembleConfig(resolution, readText)
  return flags.actions.has('print-config') ? { kind: 'print', text: printConfig(resolution) } : { kind: 'run', config }
}

function readUtf8(path: string): string {
  return readFileSync(path, 'utf8')
}
