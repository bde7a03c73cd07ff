import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { RelayConfig } from '../../../relay/config/types.ts'
import { testConfig } from '../clients.ts'

const PROGRAM = fileURLToPath(new URL('./relay-process.ts', import.meta.url))

/** What a relay in another process tells about itself. */
export interface KillableRelay {
  peerId: string
  addresses: string[]
  multiaddrs(): string[]
  /** Ends it without a word to anybody; resolves when it is gone. */
  kill(): Promise<void>
}

/** Starts a relay in a process of its own, as `startRelay` does in this one; it is killed with the test at the latest. */
export async function startKillable(config: Partial<RelayConfig>): Promise<KillableRelay> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(testConfig(config))], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'close')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line') as Promise<[string]>,
    gone.then(() => { throw new Error('the relay ended before it had started') })
  ])
  const told = JSON.parse(line) as { peerId: string, addresses: string[] }
  return { ...told, multiaddrs: () => told.addresses, kill }
}
