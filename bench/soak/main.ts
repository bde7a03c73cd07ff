/** The relay under load: what `npm run bench -- soak` and `-- idle` do. Flags after `--` go to the relay. */
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { benchIdle } from './idle.ts'
import { benchSoak } from './soak.ts'

/** Processes of clients, and clients of one address, below what a relay takes from one by default. */
const SPREAD = { processes: { type: 'string', default: '2' }, 'per-address': { type: 'string', default: '250' } } as const

/** A crowd that talks and changes; exit code 1 when anything was refused or lost, 2 when the arguments make no sense. */
export async function soak(args: string[], lifetime: Lifetime): Promise<number> {
  const { values, positionals: relayFlags } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...SPREAD, clients: { type: 'string', default: '1000' }, minutes: { type: 'string', default: '10' }, 'rival-minutes': { type: 'string', default: '3' } }
  })
  const [clients, minutes, rivalMinutes] = [values.clients, values.minutes, values['rival-minutes']].map(Number) as [number, number, number]
  const spread = spreadOf(values)
  if (!(clients >= 1) || !(minutes >= 1) || !(rivalMinutes >= 1) || spread === undefined) {
    return usage('soak [--clients N] [--minutes N] [--rival-minutes N] [--processes N] [--per-address N] [-- RELAY FLAGS]')
  }
  return exitCode(await benchSoak({ clients, minutes, rivalMinutes, ...spread, relayFlags }, lifetime))
}

/** A crowd that only stays connected; the same exit codes. */
export async function idle(args: string[], lifetime: Lifetime): Promise<number> {
  const { values, positionals: relayFlags } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...SPREAD,
      clients: { type: 'string', default: '5000' },
      minutes: { type: 'string', default: '3' },
      steps: { type: 'string', default: '5' },
      profile: { type: 'string' }
    }
  })
  const [clients, minutes, steps] = [values.clients, values.minutes, values.steps].map(Number) as [number, number, number]
  const spread = spreadOf(values)
  if (!(clients >= 1) || !(minutes >= 1) || !(steps >= 1) || spread === undefined) {
    return usage('idle [--clients N] [--minutes N] [--steps N] [--processes N] [--per-address N] [--profile FOLDER] [-- RELAY FLAGS]')
  }
  return exitCode(await benchIdle({ clients, minutes, steps, profile: values.profile, ...spread, relayFlags }, lifetime))
}

function spreadOf(values: { processes: string, 'per-address': string }): { processes: number, perAddress: number } | undefined {
  const [processes, perAddress] = [Number(values.processes), Number(values['per-address'])]
  return processes >= 1 && perAddress >= 1 ? { processes, perAddress } : undefined
}

function usage(text: string): number {
  progress(`usage: npm run bench -- ${text}`)
  return 2
}

function exitCode(failures: number): number {
  if (failures > 0) progress(`${failures} refused or lost`)
  return failures > 0 ? 1 : 0
}

if (import.meta.main) {
  const [name, ...args] = process.argv.slice(2)
  const lifetime = new AbortController()
  process.once('SIGINT', () => lifetime.abort())
  process.exitCode = name === 'soak' ? await soak(args, lifetime) : name === 'idle' ? await idle(args, lifetime) : usage('soak|idle [options]')
}
