import { checkAlone, checkTogether } from './check.ts'
import type { ReadText } from './config-file.ts'
import { defaultConfig } from './defaults.ts'
import { writePath } from './path.ts'
import { settled } from './resolve.ts'
import type { Resolution } from './resolve.ts'
import { ConfigError } from './types.ts'
import type { RelayConfig, TlsConfig, TurnConfig } from './types.ts'

/**
 * Makes a configuration of what was chosen.
 *
 * @throws {ConfigError} for choices that do not go together, and when the file with the secret cannot be read
 */
export function assembleConfig(resolution: Resolution, readText: ReadText): RelayConfig {
  checkAlone(resolution)
  const config = defaultConfig()
  for (const { setting: { path }, value } of resolution.values()) {
    if (path !== undefined && value !== undefined) writePath(config, path, value)
  }
  config.tls = tlsOf(resolution)
  config.turn.external = externalTurn(resolution, readText)
  if (settled(resolution, 'ephemeral').value === true) config.data = undefined
  checkTogether(resolution, config)
  return config
}

function tlsOf(resolution: Resolution): TlsConfig {
  const [cert, key] = [text(resolution, 'tls-cert'), text(resolution, 'tls-key')]
  if (cert !== undefined && key !== undefined) return { kind: 'files', cert, key }
  return { kind: settled(resolution, 'auto-tls').value === true ? 'auto' : 'off' }
}

function externalTurn(resolution: Resolution, readText: ReadText): TurnConfig['external'] {
  const urls = settled(resolution, 'turn-server').value as string[]
  return urls.length === 0 ? undefined : { urls, secret: text(resolution, 'turn-secret') ?? secretOfFile(resolution, readText) }
}

/** Empty when there is none; `checkAlone` has seen to it that none is needed then. */
function secretOfFile(resolution: Resolution, readText: ReadText): string {
  const file = text(resolution, 'turn-secret-file')
  if (file === undefined) return ''
  const { place } = settled(resolution, 'turn-secret-file')
  let secret
  try {
    secret = readText(file).trim()
  } catch (cause) {
    throw new ConfigError(`The file ${file} of ${place} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  if (secret === '') throw new ConfigError(`The file ${file} of ${place} is empty; it should hold a secret.`)
  return secret
}

function text(resolution: Resolution, name: string): string | undefined {
  return settled(resolution, name).value as string | undefined
}
