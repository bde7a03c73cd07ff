/** `npm run bench -- [join|storm]`: prints markdown to stdout; exit code 1 only when something failed to connect. */
import { parseArgs } from 'node:util'
import { benchJoin } from './join.ts'
import { openLab } from './lab.ts'
import type { Lab } from './lab.ts'
import { progress } from './report.ts'
import { benchStorm } from './storm.ts'

const { positionals: [name = 'join'], values } = parseArgs({
  allowPositionals: true,
  options: { joins: { type: 'string' }, only: { type: 'string' }, scale: { type: 'string', default: '1' } }
})
const scale = Number(values.scale)
const starts = (['warm', 'cold'] as const).filter((start) => values.only === undefined || values.only === start)
const benches: Record<string, { joins: number, measure: (lab: Lab, joins: number) => Promise<number> }> = {
  join: { joins: 5, measure: (lab, joins) => benchJoin(lab, { joins, starts, scale }) },
  storm: { joins: 50, measure: (lab, joins) => benchStorm(lab, joins) }
}
const bench = benches[name]
const joins = Number(values.joins ?? bench?.joins)
if (bench === undefined || !(joins >= 1) || !(scale > 0) || starts.length === 0) {
  progress(`usage: npm run bench -- [${Object.keys(benches).join('|')}] [--joins N] [--only warm|cold] [--scale FACTOR]`)
  process.exit(2)
}

const lifetime = new AbortController()
process.once('SIGINT', () => lifetime.abort())
const lab = await openLab(lifetime)
try {
  const failures = await bench.measure(lab, joins)
  if (failures > 0) progress(`${failures} joins failed`)
  process.exitCode = failures > 0 ? 1 : 0
} finally {
  await lab.close()
}
