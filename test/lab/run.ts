/** `npm run lab -- NAME [options]`: real browsers behind real NATs. Tables to stdout, progress to stderr; exit code 1 when something failed. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { progress } from '../../bench/report.ts'
import { allPairs, isSiteKind } from './kinds.ts'
import type { SiteKind } from './kinds.ts'
import { processorTime, processorUse } from './processor.ts'
import { missingForLab } from './requirements.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Exit code of a program that a signal has ended, by the shell's convention. */
const EXIT_INTERRUPTED = 130

interface Options {
  /** Pairs that were asked for; undefined for the experiment's own. */
  pairs: Array<readonly [SiteKind, SiteKind]> | undefined
  runs: number | undefined
  /** Names of faults that were asked for; undefined for all. */
  faults: string[] | undefined
  /** Parts of the names of bad lines that were asked for; undefined for all. */
  lines: string[] | undefined
  sleepSeconds: number
}

/** Resolves with the number of failures. */
type Experiment = (options: Options) => Promise<number>

/** Each is loaded only when it is asked for. */
const EXPERIMENTS: Record<string, () => Promise<Experiment>> = {
  matrix: async () => {
    const { matrix } = await import('./matrix.ts')
    return ({ pairs }) => matrix(pairs ?? allPairs())
  },
  joins: async () => {
    const { JOIN_PAIRS, joins } = await import('./joins.ts')
    return ({ pairs, runs = 50 }) => joins(pairs ?? JOIN_PAIRS, runs)
  },
  faults: async () => {
    const { faults } = await import('./faults.ts')
    return ({ faults: names, runs = 10, sleepSeconds }) => faults({ names, runs, sleepMs: sleepSeconds * 1_000 })
  },
  timeline: async () => {
    const { timeline } = await import('./timeline.ts')
    return ({ faults: [name = 'none'] = [], runs = 1, sleepSeconds }) => timeline(name, runs, sleepSeconds * 1_000)
  },
  link: async () => {
    const { linkAccuracy } = await import('./link-accuracy.ts')
    return () => linkAccuracy()
  },
  quality: async () => {
    const { quality } = await import('./quality.ts')
    return ({ lines, runs = 3 }) => quality(lines, runs)
  }
}

const USAGE = `usage: npm run lab -- ${Object.keys(EXPERIMENTS).join('|')} [--pair KIND/KIND ...] [--fault NAME ...] [--line NAME ...] [--runs N] [--sleep SECONDS]`

process.exit(await main(process.argv.slice(2)))

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = EXPERIMENTS[name]
  const options = readOptions(args)
  if (load === undefined || options === undefined) {
    progress(USAGE)
    return 2
  }
  const missing = await missingForLab()
  if (missing !== undefined) {
    progress(`There can be no lab here: ${missing}.`)
    return 2
  }
  const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  if (built.status !== 0) return 1
  // What the lab has built is removed when the process exits.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(EXIT_INTERRUPTED))
  const experiment = await load()
  const before = processorTime()
  const failures = await experiment(options)
  process.stdout.write(`\n${processorUse(before, processorTime())}\n`)
  if (failures > 0) progress(`${failures} failed`)
  return failures > 0 ? 1 : 0
}

function readOptions(args: string[]): Options | undefined {
  try {
    const { values: { pair, fault, line, runs, sleep } } = parseArgs({
      args,
      options: {
        pair: { type: 'string', multiple: true },
        fault: { type: 'string', multiple: true },
        line: { type: 'string', multiple: true },
        runs: { type: 'string' },
        sleep: { type: 'string', default: '60' }
      }
    })
    const pairs = pair?.map(readPair)
    const numbers = [runs, sleep].filter((each) => each !== undefined).map(Number)
    if (numbers.some((each) => !(each > 0))) throw new RangeError('a number must be more than 0')
    return { pairs, runs: runs === undefined ? undefined : Number(runs), faults: fault, lines: line, sleepSeconds: Number(sleep) }
  } catch (error) {
    progress((error as Error).message)
    return undefined
  }
}

function readPair(text: string): readonly [SiteKind, SiteKind] {
  const [first = '', second = '', ...rest] = text.split('/')
  if (!isSiteKind(first) || !isSiteKind(second) || rest.length > 0) throw new RangeError(`${text} is no pair of kinds`)
  return [first, second]
}
