/** Joins and storms of joins in a real browser: what `npm run bench -- join` and `-- storm` do. */
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { benchJoin } from './join.ts'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import { benchStorm } from './storm.ts'

/** Measures joins over varied delay; exit code 1 when one failed, 2 when the arguments make no sense. */
export function join(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { joins: { type: 'string', default: '5' }, only: { type: 'string' }, scale: { type: 'string', default: '1' } }
  })
  const [joins, scale] = [Number(values.joins), Number(values.scale)]
  const starts = (['warm', 'cold'] as const).filter((start) => values.only === undefined || values.only === start)
  if (!(joins >= 1) || !(scale > 0) || starts.length === 0) return usage('join [--joins N] [--only warm|cold] [--scale FACTOR]')
  return inLab(lifetime, (lab) => benchJoin(lab, { joins, starts, scale }))
}

/** Measures many joins in a row without delay; the same exit codes. */
export function storm(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({ args, options: { joins: { type: 'string', default: '50' } } })
  const joins = Number(values.joins)
  return joins >= 1 ? inLab(lifetime, (lab) => benchStorm(lab, joins)) : usage('storm [--joins N]')
}

async function usage(text: string): Promise<number> {
  progress(`usage: npm run bench -- ${text}`)
  return 2
}

async function inLab(lifetime: Lifetime, measure: (lab: Lab) => Promise<number>): Promise<number> {
  const lab = await openLab(lifetime)
  try {
    const failures = await measure(lab)
    if (failures > 0) progress(`${failures} joins failed`)
    return failures > 0 ? 1 : 0
  } finally {
    await lab.close()
  }
}
