/** The relay's TURN server beside coturn's: what `npm run bench -- turn` does. */
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { benchTurn } from './throughput.ts'

/** Exit code 1 when a run failed or coturn is not installed, 2 when the arguments make no sense. */
export async function turn(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string', default: '3' } } })
  const rounds = Number(values.rounds)
  if (!(rounds >= 1)) {
    progress('usage: npm run bench -- turn [--rounds N]')
    return 2
  }
  const failures = await benchTurn(lifetime, rounds)
  if (failures > 0) progress(`${failures} runs failed`)
  return failures > 0 ? 1 : 0
}
