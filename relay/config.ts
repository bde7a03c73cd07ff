import { isIP } from 'node:net'
import { parseArgs } from 'node:util'
import { multiaddr } from '@multiformats/multiaddr'
import { defaultConfig } from './config/defaults.ts'
import { ConfigError } from './config/types.ts'
import type { RelayConfig } from './config/types.ts'

/** What the command line asks for. */
export type Command = { kind: 'run', config: RelayConfig } | { kind: 'help', text: string }

/** The flags: the parser's table and the help text in one. */
const FLAGS = {
  port: { type: 'string', value: 'PORT', help: 'port of the app and of WebSockets (default 8080, or the variable PORT)' },
  host: { type: 'string', value: 'IP', help: 'address to listen on (default: all)' },
  'tcp-port': { type: 'string', value: 'PORT', help: 'port for other relays by plain TCP (default: 1000 above the other)' },
  data: { type: 'string', value: 'FOLDER', help: 'where key and records are kept (default ./data/relay)' },
  bootstrap: { type: 'string', multiple: true, value: 'MULTIADDR', help: 'another relay to stay connected to; may be repeated' },
  announce: { type: 'string', multiple: true, value: 'MULTIADDR', help: 'address under which this relay is reached, when it differs; may be repeated' },
  'no-app': { type: 'boolean', help: 'do not serve the app, only relay' },
  help: { type: 'boolean', help: 'show this text' }
} as const

const DEFAULT_PORT = '8080'
const DEFAULT_DATA = './data/relay'

/**
 * Reads flags and environment.
 *
 * @throws {ConfigError} for an unknown flag or a value that cannot be used
 */
export function parseCommand(args: string[], env: Record<string, string | undefined>): Command {
  const values = parseFlags(args)
  if (values.help === true) return { kind: 'help', text: helpText() }
  return {
    kind: 'run',
    config: {
      ...defaultConfig(),
      port: parsePort(values.port ?? env['PORT'] ?? DEFAULT_PORT),
      host: parseHost(values.host),
      tcpPort: values['tcp-port'] === undefined ? undefined : parsePort(values['tcp-port']),
      data: values.data ?? DEFAULT_DATA,
      app: values['no-app'] !== true,
      bootstrap: (values.bootstrap ?? []).map(parseBootstrap),
      announce: (values.announce ?? []).map(parseAddress)
    }
  }
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS, strict: true, allowPositionals: false }).values
  } catch (cause) {
    // Node's own words name the flag; the rest of its message is advice for programmers.
    const [reason] = (cause as Error).message.split(/\. |\n/)
    throw new ConfigError(`${reason?.replace(/\.$/, '')}. See --help.`, { cause })
  }
}

function helpText(): string {
  const rows = Object.entries(FLAGS).map(([name, flag]) => [`--${name}${'value' in flag ? ` ${flag.value}` : ''}`, flag.help] as const)
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2
  return [
    'Runs a Parley relay: it helps browsers to find and reach each other, and serves the app to them.', '',
    ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}${help}`)
  ].join('\n')
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new ConfigError(`"${text}" is not a port: give a number from 0 to 65535.`)
  return port
}

function parseHost(text: string | undefined): string | undefined {
  if (text === undefined || isIP(text) !== 0) return text
  throw new ConfigError(`"${text}" is not an address to listen on: give an IP address such as 127.0.0.1.`)
}

function parseAddress(text: string): string {
  try {
    const address = multiaddr(text)
    if (address.getComponents().length > 0) return address.toString()
  } catch {
    // Said in our own words below.
  }
  throw new ConfigError(`"${text}" is not a multiaddr: it should look like /dns4/relay.example/tcp/443/tls/ws.`)
}

function parseBootstrap(text: string): string {
  const address = parseAddress(text)
  if (multiaddr(address).getComponents().at(-1)?.name === 'p2p') return address
  throw new ConfigError(`"${text}" does not name a relay: it must end in /p2p/ and the relay's peer id.`)
}
