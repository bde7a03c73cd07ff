import { startBanner } from './banner.ts'
import { parseCommand } from '../config/command.ts'
import { saysYes } from '../config/kind.ts'
import { ConfigError } from '../config/types.ts'
import type { RelayConfig } from '../config/types.ts'
import { explainFailure } from './explain-failure.ts'
import { catchStrays, openOutput } from './output.ts'
import type { Output } from './output.ts'
import { packageVersion } from '../package-root.ts'
import type { Relay } from '../relay.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2
/** Exit code of a program that the signal has ended, by the shell's convention. */
const EXIT_INTERRUPTED = 130
/** npm, or a service manager, passes on what a terminal or the system has sent to us already: the same signal, milliseconds later. */
const ECHO_MS = 500
/**
 * Small buffers are cut from shared ones of this size, bytes; Node 24 makes them of 64 KiB. An address or a peer id of some
 * bytes lives as long as its connection, and keeps alive all that it was cut from: a thousand of them held 58 MiB, now 8.
 */
const BUFFER_POOL_BYTES = 8_192

/** What to do when the configuration is known, before the relay starts. */
export type Prepare = (config: RelayConfig, output: Output) => Promise<void>

/**
 * Runs a relay as a program: prints where it is. On SIGINT or SIGTERM it sends its clients elsewhere and stops; a second
 * one ends it at once. Exits with code 2 when a value cannot be used and with 1 when the relay cannot start.
 */
export async function runRelay(args: readonly string[], prepare?: Prepare): Promise<void> {
  const config = readConfig(args)
  if (config === undefined) return
  Buffer.poolSize = BUFFER_POOL_BYTES
  const output = openOutput(config.log)
  if (config.log.json) catchStrays(output)
  const starting = new AbortController()
  let relay: Relay | undefined
  onStopSignals(() => {
    if (relay === undefined) starting.abort()
    else void stop(relay, config, output)
  })
  await prepare?.(config, output)
  try {
    // Loaded only now, for a mistyped flag should be told of at once.
    const { createRelay } = await import('../relay.ts')
    relay = await createRelay(config, starting)
  } catch (error) {
    if (starting.signal.aborted) process.exit(0)
    output.fail(explainFailure(error as Error, config))
    process.exit(error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED)
  }
  if (starting.signal.aborted) process.exit(0)
  output.say(startBanner(relay, config))
}

/** Calls `first` on the first signal, and ends the program on another. */
function onStopSignals(first: () => void): void {
  let since: number | undefined
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (since === undefined) {
        since = performance.now()
        first()
      } else if (performance.now() - since > ECHO_MS) process.exit(EXIT_INTERRUPTED)
    })
  }
}

function readConfig(args: readonly string[]): RelayConfig | undefined {
  try {
    const command = parseCommand(args, process.env)
    if (command.kind === 'run') return command.config
    openOutput({ level: 'info', json: false }).say(command.kind === 'print' ? command.text : packageVersion())
    return undefined
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    // A configuration that cannot be read may still have been clear about this.
    const json = args.includes('--log-json') || saysYes(process.env['PARLEY_LOG_JSON'])
    openOutput({ level: 'info', json }).fail(error.message)
    process.exit(EXIT_USAGE)
  }
}

async function stop(relay: Relay, { drainMs }: RelayConfig, output: Output): Promise<void> {
  output.say(`Stopping, as soon as all clients have moved to another relay, or in ${Math.ceil(drainMs / 1_000)} s at the latest ...`)
  try {
    await relay.drain()
    await relay.close()
  } catch (error) {
    output.fail(`The relay did not stop as it should: ${(error as Error).message}`)
    process.exit(EXIT_FAILED)
  }
  process.exit(0)
}
