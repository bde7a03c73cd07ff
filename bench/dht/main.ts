/** Lookups among many DHT servers: what `npm run bench -- dht` does. */
import { setFlagsFromString } from 'node:v8'
import { parseArgs } from 'node:util'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress } from '../report.ts'
import { benchDht } from './dht.ts'

const USAGE = 'dht [--sizes 20,100,500] [--lookups N] [--lost 0.3] [--death silent|refused] [--seed N]'
/** Hundreds of nodes with hundreds of connections each. */
const HEAP_MB = 12_000

/** Exit code 1 when a lookup found nothing, 2 when the arguments make no sense. */
export async function dht(args: string[], lifetime: Lifetime): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '20,100,500' },
      lookups: { type: 'string', default: '50' },
      lost: { type: 'string', default: '0.3' },
      death: { type: 'string', default: 'silent' },
      seed: { type: 'string', default: '1' }
    }
  })
  const sizes = values.sizes.split(',').map(Number)
  const [lookups, lost, seed] = [Number(values.lookups), Number(values.lost), Number(values.seed)]
  const death = values.death === 'refused' ? 'refused' : 'silent'
  if (!sizes.every((size) => size >= 2) || !(lookups >= 1) || !(lost >= 0 && lost < 1) || !Number.isInteger(seed)) {
    progress(`usage: npm run bench -- ${USAGE}`)
    return 2
  }
  setFlagsFromString(`--max-old-space-size=${HEAP_MB}`)
  const failures = await benchDht({ sizes, lookups, lost, death, seed }, lifetime)
  if (failures > 0) progress(`${failures} lookups found nothing`)
  return failures > 0 ? 1 : 0
}
