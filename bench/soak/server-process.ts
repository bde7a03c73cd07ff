import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Lifetime } from '../../src/util/abort.ts'
import { startNode, stopNode } from './child.ts'
import { questionsFor } from './questions.ts'
import type { Sample } from './sample.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  /** Where clients connect. */
  readonly address: string
  /** Collects garbage and measures; takes some hundred milliseconds of the server's time. */
  sample(): Promise<Sample>
  /** Writes a heap snapshot to a file in the server's process. */
  heapSnapshot(path: string): Promise<void>
  /** Profiles the server's CPU for a while and writes the result to a file. */
  cpuProfile(path: string, ms: number): Promise<void>
  /** What it says that it refused since it began: `part/cause: count`. */
  refusals(): Promise<string[]>
  /** Resolves when the process has ended and what it kept is deleted. */
  stop(): Promise<void>
}

const PROBE = new URL('./probe.ts', import.meta.url).href
const RELAY = fileURLToPath(new URL('../../relay/cli.ts', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
const RELAY_ADDRESS = /\/ip4\/127\.0\.0\.1\/tcp\/\d+\/ws\/p2p\/\w+/
const BARE_ADDRESS = /ws:\/\/\S+/

/** Starts the real relay as its users do, with a data folder that lives as long as it, and free ports. */
export async function startRelayProcess(flags: readonly string[], lifetime: Lifetime): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'parley-soak-'))
  const removeData = (): Promise<void> => rm(data, { recursive: true, force: true })
  const args = [RELAY, '--port', '0', '--host', '127.0.0.1', '--no-app', '--data', data, ...flags]
  return await startServer(args, RELAY_ADDRESS, removeData, lifetime)
}

/** Starts the rival of `bare-server.ts`. */
export async function startBareProcess(lifetime: Lifetime): Promise<ServerProcess> {
  return await startServer([BARE], BARE_ADDRESS, async () => undefined, lifetime)
}

async function startServer(args: readonly string[], says: RegExp, clear: () => Promise<void>, lifetime: Lifetime): Promise<ServerProcess> {
  const child = startNode(['--expose-gc', '--import', PROBE, ...args], lifetime)
  const ask = questionsFor(child)
  const stop = async (): Promise<void> => {
    await stopNode(child)
    await clear()
  }
  try {
    const address = await waitFor(child, says)
    return {
      address,
      sample: () => ask<Sample>('sample'),
      heapSnapshot: (path) => ask('heapSnapshot', path),
      cpuProfile: (path, ms) => ask('cpuProfile', { path, ms }),
      refusals: () => says === RELAY_ADDRESS ? refusalsAt(address) : Promise.resolve([]),
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Reads the relay's metrics, which it serves to its own machine. */
async function refusalsAt(address: string): Promise<string[]> {
  const [, port] = /\/tcp\/(\d+)/.exec(address) ?? []
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } })).text()
  return [...metrics.matchAll(/^parley_relay_refusals_total\{part="([^"]*)",cause="([^"]*)"\} (\d+)$/gm)]
    .filter(([, , , count]) => count !== '0')
    .map(([, part, cause, count]) => `${part}/${cause}: ${count}`)
}

/** The first text of this form that the child prints; goes on reading afterwards, or the child would stall. */
function waitFor(child: ChildProcess, form: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text: string | undefined = ''
    child.stdout?.setEncoding('utf8').on('data', (more: string) => {
      if (text === undefined) return
      text += more
      const [found] = form.exec(text) ?? []
      if (found === undefined) return
      text = undefined
      resolve(found)
    })
    child.once('exit', (code, signal) => reject(new Error(`the server ended (${signal ?? code}) before it said where it is`)))
  })
}
