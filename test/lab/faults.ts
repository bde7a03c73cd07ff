/** How long people do not see each other after something has gone wrong. */
import { progress, table, whole } from '../../bench/report.ts'
import { until } from '../browser/harness.ts'
import type { Person } from '../browser/harness.ts'
import { faultNamed, FAULTS, putRight } from './fault-list.ts'
import type { Fault, FaultyCall } from './fault-list.ts'
import { openLab } from './lab.ts'
import type { BrowserSite, Lab } from './lab.ts'
import { meet } from './meeting.ts'
import { outageOf } from './outage.ts'
import type { Outage } from './outage.ts'
import { frameTimes, situation } from './person.ts'
import { processorTime, processorUse } from './processor.ts'
import { quantile } from './quantile.ts'

/** A call that does not recover for so long has failed, milliseconds. */
const GIVE_UP_MS = 90_000
/** An outage begins within this time of its cause, and pictures that flow so long go on flowing; milliseconds. */
const WATCH_MS = 10_000
const STEADY_MS = 5_000

export interface FaultOptions {
  /** Which faults; all when undefined. */
  names: readonly string[] | undefined
  runs: number
  sleepMs: number
}

/** What one run has shown, milliseconds; the gap is unknown where pictures were not what was waited for. */
interface Run {
  recoveredMs: number
  gapMs: number | undefined
}

/**
 * Lets each fault happen to so many calls, prints the times, and resolves with the number of calls that did not recover.
 *
 * @throws {RangeError} for a fault that does not exist
 */
export async function faults({ names = Object.keys(FAULTS), runs, sleepMs }: FaultOptions): Promise<number> {
  const rows: string[][] = []
  let failures = 0
  for (const fault of names.map(faultNamed)) {
    const results = await runsOf(fault, runs, sleepMs)
    failures += runs - results.length
    rows.push(rowOf(fault, runs, results))
    progress(rows.at(-1)!.join(' | '))
  }
  process.stdout.write(`${table(['Fault', 'Pair', 'Recovered', 'After, ms: median', 'worst', 'Longest gap, ms: median', 'worst'], rows)}\n`)
  return failures
}

/** The runs that recovered. */
async function runsOf(fault: Fault, count: number, sleepMs: number): Promise<Run[]> {
  const results: Run[] = []
  const lab = await openLab(fault.relays === undefined ? {} : { relays: fault.relays })
  try {
    const sites = [await lab.addSite(fault.pair[0]), await lab.addSite(fault.pair[1])] as const
    for (let number = 1; number <= count; number++) {
      try {
        const before = processorTime()
        results.push(await once(fault, lab, sites, sleepMs))
        progress(`${fault.title}, run ${number}: ${whole(results.at(-1)!.recoveredMs)} ms; ${processorUse(before, processorTime())}`)
      } catch (error) {
        progress(`${fault.title}, run ${number}: ${(error as Error).message}`)
      }
    }
  } finally {
    await lab.close()
  }
  return results
}

async function once(fault: Fault, lab: Lab, sites: readonly [BrowserSite, BrowserSite], sleepMs: number): Promise<Run> {
  const meeting = await meet(lab, sites)
  try {
    const call: FaultyCall = { lab, sites, meeting, sleepMs }
    const people = [meeting.first, meeting.second]
    await Promise.all(people.map((person) => flowing(person, Date.now(), 0)))
    // A relay that dies in the first seconds, before anybody has heard of another, is another fault.
    await Promise.all(people.map((person) => hasRelays(person, lab.relays.length)))
    const struckMs = await fault.strike(call)
    if (fault.recovered !== undefined) return { recoveredMs: await fault.recovered(call, struckMs) - struckMs, gapMs: undefined }
    const outages = await Promise.all(people.map((person) => flowing(person, struckMs, fault.watchMs ?? WATCH_MS)))
    return {
      recoveredMs: Math.max(...outages.map(({ untilFlowMs }) => untilFlowMs)),
      gapMs: Math.max(...outages.map(({ longestMs }) => longestMs))
    }
  } catch (error) {
    const known = await Promise.all([meeting.first, meeting.second].map(situation))
    throw new Error([(error as Error).message, ...known].join('\n'), { cause: error })
  } finally {
    // First, for a browser that is stopped cannot be closed.
    await putRight(lab, sites)
    await meeting.close()
  }
}

/** Waits until the person's page is connected to so many relays. */
async function hasRelays({ page, name }: Person, count: number): Promise<void> {
  const status = page.locator(`[data-testid="network-status"][data-relays="${count}"]`)
  await until(`${count} relays at ${name}`, async () => await status.count() === 1, GIVE_UP_MS, 250)
}

/** Watches the person's pictures at least so long, and until they flow steadily. */
export async function flowing(person: Person, sinceMs: number, watchMs: number): Promise<Outage> {
  let outage: Outage | undefined
  await until(`pictures to flow steadily at ${person.name}`, async () => {
    outage = outageOf(await frameTimes(person, sinceMs), sinceMs, Date.now())
    return outage !== undefined && outage.steadyMs >= STEADY_MS && Date.now() - sinceMs >= watchMs
  }, GIVE_UP_MS, 250)
  return outage!
}

function rowOf({ title, pair }: Fault, runs: number, results: readonly Run[]): string[] {
  const gaps = results.map(({ gapMs }) => gapMs).filter((gap) => gap !== undefined)
  const both = (values: readonly number[]): string[] => [quantile(values, 0.5), quantile(values, 1)].map(whole)
  return [title, pair.join(' / '), `${results.length} of ${runs}`, ...both(results.map(({ recoveredMs }) => recoveredMs)), ...both(gaps)]
}
