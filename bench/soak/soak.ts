import { cpus, loadavg } from 'node:os'
import { childController, delay } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { progress, whole } from '../report.ts'
import { startCrowd } from './crowd-process.ts'
import { refusedInAll } from './crowd-stats.ts'
import type { CrowdOrders } from './crowd.ts'
import { Recorder } from './recorder.ts'
import { costTable, differenceTable, momentTable } from './rows.ts'
import type { Moment } from './rows.ts'
import { startBareProcess, startRelayProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'

/** How the soak runs. */
export interface SoakOptions {
  clients: number
  minutes: number
  /** Minutes that the bare server gets; it has no state that would grow. */
  rivalMinutes: number
  processes: number
  perAddress: number
  /** Further flags of the relay. */
  relayFlags: readonly string[]
}

/** Members of a room on average: a call. */
const PER_ROOM = 4
/** A relay keeps a slot for a minute after its client has gone, and message ids for two; then it should be empty, milliseconds. */
const EMPTYING_MS = 150_000
const MINUTE_MS = 60_000

/**
 * Runs a crowd that comes, talks in rooms, and goes against a relay, then against the bare server, and prints what it
 * cost and what it left behind. The relay sees two crowds: the first warms it up too, so what the second one adds to
 * what stays is a leak.
 *
 * @returns how much was refused or lost; 0 is what should come out
 */
export async function benchSoak(options: SoakOptions, { signal }: Lifetime): Promise<number> {
  const running = childController(signal)
  try {
    console.log(`## Soak: ${options.clients} clients, ${options.minutes} minutes\n`)
    const relay = await soakRelay(options, running)
    const bare = await soakBare(options, running)
    console.log(`### Per client\n\n${costTable([relay.cost, bare.cost])}\n\n${conditions(options)}`)
    return [...relay.ends, ...bare.ends].reduce((sum, { stats }) => sum + refusedInAll(stats) + stats.lost, 0)
  } finally {
    running.abort()
  }
}

function conditions({ processes, perAddress }: SoakOptions): string {
  return `${cpus().length} cores, load ${loadavg().map((load) => load.toFixed(1)).join(' ')} at the end, clients in ${processes} processes on the same machine, ${perAddress} from one address.`
}

async function soakRelay(options: SoakOptions, lifetime: Lifetime) {
  const process = await startRelayProcess(options.relayFlags, lifetime)
  try {
    const recorder = new Recorder('relay', process)
    const first = await crowdOn(recorder, process, 'libp2p', options.minutes, options, lifetime)
    const second = await crowdOn(recorder, process, 'libp2p', 1, options, lifetime)
    console.log(`${differenceTable([
      { label: 'first crowd', from: first.start.sample, to: first.empty.sample },
      { label: 'second crowd', from: second.start.sample, to: second.empty.sample }
    ])}\n`)
    return { ends: [first.end, second.end], cost: costOf('relay', first, options) }
  } finally {
    await process.stop()
  }
}

async function soakBare(options: SoakOptions, lifetime: Lifetime) {
  const process = await startBareProcess(lifetime)
  try {
    const recorder = new Recorder('bare ws', process)
    const crowd = await crowdOn(recorder, process, 'bare', options.rivalMinutes, options, lifetime)
    console.log(`${differenceTable([{ label: 'the crowd', from: crowd.start.sample, to: crowd.empty.sample }])}\n`)
    return { ends: [crowd.end], cost: costOf('bare ws', crowd, options) }
  } finally {
    await process.stop()
  }
}

/** The moments of a crowd: nobody yet, all there, the last minute, nobody any more. */
interface CrowdRun { start: Moment, full: Moment, end: Moment, empty: Moment }

async function crowdOn(
  recorder: Recorder, process: ServerProcess, speaks: CrowdOrders['speaks'], minutes: number, options: SoakOptions, lifetime: Lifetime
): Promise<CrowdRun> {
  const { clients, processes, perAddress } = options
  const start = await recorder.take('start')
  const crowd = startCrowd({ speaks, server: process.address, processes, perAddress, rooms: Math.ceil(clients / PER_ROOM) }, lifetime)
  await crowd.grow(clients)
  const full = await recorder.take('all there', crowd)
  let end = full
  for (let minute = 1; minute <= minutes && !lifetime.signal.aborted; minute++) {
    await delay(MINUTE_MS, lifetime.signal)
    end = await recorder.take(`minute ${minute}`, crowd)
  }
  recorder.ended(await crowd.leave())
  progress(`all have left; waiting ${whole(EMPTYING_MS / 1_000)} s for what is kept for them`)
  await delay(speaks === 'bare' ? EMPTYING_MS / 10 : EMPTYING_MS, lifetime.signal)
  const empty = await recorder.take('all left')
  // At once, so that an hour's work is not lost with what may go wrong later.
  console.log(`### ${recorder.run.server}: a crowd of ${clients}\n\nMemory in MiB.\n\n${momentTable(recorder.run)}\n`)
  console.log(`${await refusalText(process)}\n`)
  recorder.clear()
  return { start, full, end, empty }
}

/** What the server itself says that it refused; a client also counts what took too long on its own side. */
async function refusalText(process: ServerProcess): Promise<string> {
  const refusals = await process.refusals()
  return `Refused by its own count: ${refusals.length === 0 ? 'nothing' : refusals.join(', ')}.`
}

function costOf(label: string, { start, full, end }: CrowdRun, { clients }: SoakOptions) {
  return { label, clients, empty: start.sample, full: full.sample, from: full.sample, to: end.sample }
}
