/** A call itself, in a browser: what `npm run bench -- call` and `-- latency` do. */
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { endurance } from './endurance.ts'
import { latency as measureLatency } from './latency.ts'

/** A long call of many, and as many bare pages; exit code 2 when the arguments make no sense. */
export async function call(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { people: { type: 'string', default: '8' }, minutes: { type: 'string', default: '10' } } })
  const [people, minutes] = [Number(values.people), Number(values.minutes)]
  if (!(people >= 2) || !(minutes >= 1)) return usage('call [--people N] [--minutes N]')
  process.stdout.write(`${await endurance({ people, minutes }, lifetime)}\n`)
  return 0
}

/** How fast the page answers in a call; the same exit codes. */
export async function latency(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { people: { type: 'string', default: '6' }, times: { type: 'string', default: '20' } } })
  const [people, times] = [Number(values.people), Number(values.times)]
  if (!(people >= 2) || !(times >= 1)) return usage('latency [--people N] [--times N]')
  process.stdout.write(`${await measureLatency({ people, times }, lifetime)}\n`)
  return 0
}

function usage(text: string): number {
  progress(`usage: npm run bench -- ${text}`)
  return 2
}
