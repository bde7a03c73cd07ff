import { mkdir } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { childController, delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { table } from '../report.ts'
import { fileLimits } from './child.ts'
import { startCrowd } from './crowd-process.ts'
import { refusedInAll } from './crowd-stats.ts'
import type { CrowdOrders } from './crowd.ts'
import { Recorder } from './recorder.ts'
import { costTable, differenceTable, kibibytes, momentTable } from './rows.ts'
import type { Moment, Run } from './rows.ts'
import { slope } from './sample.ts'
import type { Sample } from './sample.ts'
import { startBareProcess, startRelayProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'

/** How the idle bench runs. */
export interface IdleOptions {
  clients: number
  minutes: number
  processes: number
  perAddress: number
  /** Memory is measured this many times on the way up. */
  steps: number
  /** Folder for a heap snapshot of the full relay and a CPU profile of it; none when undefined. */
  profile: string | undefined
  relayFlags: readonly string[]
}

/** Handshakes leave garbage and timers behind that the next step should not be charged with, milliseconds. */
const SETTLE_MS = 25_000
const EMPTYING_MS = 90_000
const MINUTE_MS = 60_000
const PROFILE_MS = 30_000

interface IdleRun { run: Run, start: Moment, steps: Moment[], full: Moment, end: Moment, empty: Moment }

/**
 * Connects clients that do nothing but stay, each with a circuit relay slot, to a relay, then the same number to the bare
 * server, and prints what one costs.
 *
 * @returns how much was refused or lost; 0 is what should come out
 */
export async function benchIdle(options: IdleOptions, { signal }: Lifetime): Promise<number> {
  const running = childController(signal)
  try {
    console.log(`## ${options.clients} idle clients\n`)
    const relay = await idleOn('libp2p', () => startRelayProcess(options.relayFlags, running), options, running)
    const bare = await idleOn('bare', () => startBareProcess(running), { ...options, profile: undefined }, running)
    console.log(`### Per client\n\n${costTable([costOf(relay), costOf(bare)])}\n\n${slopeTable([relay, bare])}\n\n${conditions(options)}`)
    return [relay, bare].reduce((sum, { end: { stats } }) => sum + refusedInAll(stats) + stats.lost, 0)
  } finally {
    running.abort()
  }
}

function conditions({ processes, perAddress }: IdleOptions): string {
  const load = loadavg().map((each) => each.toFixed(1)).join(' ')
  const { soft, hard } = fileLimits()
  const files = soft < hard ? `the limit of ${soft} open files was raised to ${hard} for the children` : `${soft} open files are allowed`
  return `${cpus().length} cores, load ${load} at the end, clients in ${processes} processes on the same machine, ${perAddress} from one address; ${files}.`
}

async function idleOn(
  speaks: CrowdOrders['speaks'], startServer: () => Promise<ServerProcess>, options: IdleOptions, lifetime: Lifetime
): Promise<IdleRun> {
  const { clients, processes, perAddress, minutes, profile } = options
  const process = await startServer()
  try {
    const recorder = new Recorder(speaks === 'bare' ? 'bare ws' : 'relay', process)
    const start = await recorder.take('start')
    const crowd = startCrowd({ speaks, server: process.address, processes, perAddress, rooms: 0 }, lifetime)
    const steps: Moment[] = []
    for (let step = 1; step <= options.steps && !lifetime.signal.aborted; step++) {
      await crowd.grow(Math.round(clients * step / options.steps))
      await delay(SETTLE_MS, lifetime.signal)
      steps.push(await recorder.take(`step ${step}`, crowd))
    }
    const full = steps.at(-1) ?? start
    let end = full
    for (let minute = 1; minute <= minutes && !lifetime.signal.aborted; minute++) {
      await delay(MINUTE_MS, lifetime.signal)
      end = await recorder.take(`minute ${minute}`, crowd)
    }
    if (profile !== undefined) await takeProfile(process, profile)
    recorder.ended(await crowd.leave())
    await delay(speaks === 'bare' ? EMPTYING_MS / 10 : EMPTYING_MS, lifetime.signal)
    const empty = await recorder.take('all left')
    console.log(`### ${recorder.run.server}\n\nMemory in MiB.\n\n${momentTable(recorder.run)}\n`)
    console.log(`Refused by its own count: ${(await process.refusals()).join(', ') || 'nothing'}.\n`)
    console.log(`${differenceTable([{ label: 'after all have left', from: start.sample, to: empty.sample }])}\n`)
    return { run: recorder.run, start, steps, full, end, empty }
  } finally {
    await process.stop()
  }
}

async function takeProfile(process: ServerProcess, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await process.cpuProfile(join(folder, 'relay.cpuprofile'), PROFILE_MS)
  await process.heapSnapshot(join(folder, 'relay.heapsnapshot'))
}

function costOf({ run, start, full, end }: IdleRun) {
  return { label: run.server, clients: full.stats.connected, empty: start.sample, full: full.sample, from: full.sample, to: end.sample }
}

/** What the next client costs, over all steps: free of what a server needs once. */
function slopeTable(runs: readonly IdleRun[]): string {
  const along = (steps: readonly Moment[], of: (sample: Sample) => number): string =>
    kibibytes(slope(steps.map(({ sample, stats }) => [stats.connected, of(sample)] as const)))
  return table(['slope over the steps', 'RSS, KiB', 'RSS after gc, KiB', 'heap, KiB', 'external, KiB'], runs.map(({ run, steps }) => [
    run.server, along(steps, ({ rssSeen }) => rssSeen), along(steps, ({ rss }) => rss), along(steps, ({ heapUsed }) => heapUsed), along(steps, ({ external }) => external)
  ]))
}
