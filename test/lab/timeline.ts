/** What happens in two pages, moment by moment, after a fault: for whoever wants to know where the time goes. */
import { progress } from '../../bench/report.ts'
import type { Person } from '../browser/harness.ts'
import { faultNamed, putRight } from './fault-list.ts'
import { flowing } from './faults.ts'
import { openLab } from './lab.ts'
import { meet } from './meeting.ts'
import type { Meeting } from './meeting.ts'
import { BREAK_MS } from './outage.ts'
import { installPageEvents } from './page-events.ts'
import type { PageEvent } from './page-events.ts'
import { frameTimes, mediaPath } from './person.ts'

/** Pictures must come no further apart than this, milliseconds, to go without mention. */
const PAUSE_MS = BREAK_MS / 2
/** Between samples of what was sent and received, and for how long they are shown before and after each pause, milliseconds. */
const SAMPLE_MS = 100
const AROUND_MS = 250

/** Lets one fault happen to one call at a time, and prints everything that follows, by milliseconds since the fault. */
export async function timeline(name: string, runs: number, sleepMs: number): Promise<number> {
  const fault = faultNamed(name)
  const lab = await openLab(fault.relays === undefined ? {} : { relays: fault.relays })
  try {
    const sites = [await lab.addSite(fault.pair[0]), await lab.addSite(fault.pair[1])] as const
    for (let run = 1; run <= runs; run++) {
      const meeting = await meet(lab, sites, async (context) => { await context.addInitScript(installPageEvents, SAMPLE_MS) })
      const people = [meeting.first, meeting.second]
      try {
        await Promise.all(people.map((person) => flowing(person, Date.now(), 0)))
        const beganMs = Date.now()
        const struckMs = await fault.strike({ lab, sites, meeting, sleepMs })
        await Promise.all(people.map((person) => flowing(person, struckMs, fault.watchMs ?? 0))).catch((error: Error) => progress(error.message))
        process.stdout.write(`${fault.title}, run ${run}\n${await tell(meeting, beganMs, struckMs)}\n\n`)
      } finally {
        await putRight(lab, sites)
        await meeting.close()
      }
    }
  } finally {
    await lab.close()
  }
  return 0
}

async function tell({ first, second }: Meeting, sinceMs: number, struckMs: number): Promise<string> {
  const events = (await Promise.all([first, second].map((person) => eventsOf(person, sinceMs)))).flat()
  const paths = await Promise.all([first, second].map(async (person) => `${person.name}: ${JSON.stringify(await mediaPath(person))}`))
  const lines = events.sort((a, b) => a.at - b.at).map(({ at, text }) => `${String(at - struckMs).padStart(6)}  ${text}`)
  return [...lines, ...paths].join('\n')
}

async function eventsOf(person: Person, sinceMs: number): Promise<PageEvent[]> {
  const [events, samples] = await person.page.evaluate(() => {
    const { pageEvents, pageSamples } = globalThis as unknown as Record<'pageEvents' | 'pageSamples', PageEvent[]>
    return [pageEvents, pageSamples] as const
  })
  const pictures = await frameTimes(person, sinceMs)
  const pauses = pictures.flatMap((at, index) => {
    const pauseMs = at - (pictures[index - 1] ?? at)
    return pauseMs > PAUSE_MS ? [{ at: at - pauseMs, text: 'pictures stop' }, { at, text: `pictures again, after ${pauseMs} ms` }] : []
  })
  const shown = samples.filter(({ at }) => pauses.some((pause) => Math.abs(at - pause.at) < AROUND_MS))
  // Ben's are set in, to be told from Anna's at a glance.
  return [...events, ...pauses, ...shown].filter(({ at }) => at >= sinceMs).map(({ at, text }) => ({ at, text: `${person.name === 'Ben' ? '        ' : ''}${person.name}: ${text}` }))
}
