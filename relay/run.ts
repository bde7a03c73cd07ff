import { parseCommand } from './config.ts'
import { ConfigError } from './config/types.ts'
import type { RelayConfig } from './config/types.ts'
import { createRelay } from './relay.ts'
import type { Relay } from './relay.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2
/** Exit code of a program that the signal has ended, by the shell's convention. */
const EXIT_INTERRUPTED = 130

/**
 * Runs a relay as a program: prints where it is, and stops on SIGINT or SIGTERM; a second one ends it at once. Exits
 * with code 2 when a value cannot be used and with 1 when the relay cannot start.
 */
export async function runRelay(args: string[]): Promise<void> {
  const config = readConfig(args)
  if (config === undefined) return
  const running = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (running.signal.aborted) process.exit(EXIT_INTERRUPTED)
      running.abort()
    })
  }
  let relay: Relay
  try {
    relay = await createRelay(config, running)
  } catch (error) {
    if (running.signal.aborted) return
    console.error(explain(error, config))
    process.exit(EXIT_FAILED)
  }
  console.log(describe(relay, config))
  running.signal.addEventListener('abort', () => void stop(relay))
}

function readConfig(args: string[]): RelayConfig | undefined {
  try {
    const command = parseCommand(args, process.env)
    if (command.kind === 'run') return command.config
    console.log(command.text)
    return undefined
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(EXIT_USAGE)
  }
}

async function stop(relay: Relay): Promise<void> {
  console.log('Stopping ...')
  await relay.close()
  process.exit(0)
}

function describe(relay: Relay, config: RelayConfig): string {
  const app = relay.servesApp ? `Parley is at ${relay.httpUrl}`
    : !config.app ? 'This relay serves no app.'
      : 'This relay serves no app, for none is built yet: "npm start" builds and serves it.'
  return ['', app, '', 'Other relays and browsers reach this relay at', ...relay.multiaddrs(), '', 'Stop it with Ctrl+C.'].join('\n')
}

/** Why the relay could not start, in a sentence that says what to do. */
function explain(error: unknown, { port, data }: RelayConfig): string {
  const { code, message, port: refused = port } = error as NodeJS.ErrnoException & { port?: number }
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${refused} is taken. Stop the other program, or choose another: npm start -- --${refused === port ? 'port' : 'tcp-port'} ${refused + 1}`
    case 'EACCES':
      return `This system does not let us use port ${port} or the folder ${data}. Choose others: npm start -- --port 8080 --data FOLDER`
    case 'EADDRNOTAVAIL':
      return 'This machine does not have the address given by --host. Leave it out to listen on all.'
    default:
      return /LOCK|OpenFailed|lock/.test(`${(error as Error).name} ${message}`)
        ? `The folder ${data} is in use by another relay. Stop it, or choose another: npm start -- --data FOLDER`
        : `The relay could not start: ${message}`
  }
}
