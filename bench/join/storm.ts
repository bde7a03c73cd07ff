import { median, quantile } from '../fit.ts'
import type { Lab, Place } from './lab.ts'
import { joinOnce, measure, openHost } from './one-join.ts'
import { progress, table, whole } from '../report.ts'
import { Visitor } from './visitor.ts'

const TOPIC = 'bench-storm'
/** A join that takes this many medians stands for something that was waited for in vain. */
const OUTLIER_MEDIANS = 3

/**
 * Lets B come and go `joins` times while A stays, without injected delay: first new visitors, then one who reloads the
 * page, which keeps the peer id. Prints how long the joins took; resolves with the number of failures.
 */
export async function benchStorm(lab: Lab, joins: number): Promise<number> {
  return await lab.at({ cs: 0, cc: 0 }, async (place) => {
    const host = await openHost(lab, place, TOPIC)
    const half = Math.ceil(joins / 2)
    const fresh = await repeat('new visitor', half, async () => firstFrame(await joinOnce(lab, place, host, TOPIC, 'cold')))
    const reloader = await Visitor.open(lab.browser, place)
    const reloads = await repeat('reload', joins - half, () => reload(reloader, place))
    await reloader.close()
    await host.close()
    console.log(`\n## ${joins} joins in a row, navigation to first remote frame, milliseconds\n`)
    console.log(table(['B is', 'joins', 'failed', 'least', 'median', '90 %', 'most', `above ${OUTLIER_MEDIANS} medians`], [
      row('a new visitor', fresh), row('reloading', reloads)
    ]))
    return [...fresh, ...reloads].filter(Number.isNaN).length
  })
}

function firstFrame({ timeline }: { timeline: Map<string, number> }): number {
  return timeline.get('first-frame') ?? NaN
}

async function reload(visitor: Visitor, place: Place): Promise<number> {
  const first = visitor.page.url() === 'about:blank'
  return firstFrame(await measure(visitor, place, 'cold', async () => {
    if (first) await visitor.visit(`#/${TOPIC}?join=now&name=B`)
    else await visitor.page.reload({ waitUntil: 'commit' })
  }))
}

/** What `join` took, time after time; NaN for a failure. */
async function repeat(name: string, times: number, join: () => Promise<number>): Promise<number[]> {
  const results: number[] = []
  for (let index = 1; index <= times; index++) {
    try {
      results.push(await join())
    } catch (error) {
      progress(`${name} ${index}: ${(error as Error).message}`)
      results.push(NaN)
    }
    progress(`${name} ${index} of ${times}: ${whole(results.at(-1))} ms`)
  }
  return results
}

function row(name: string, results: number[]): string[] {
  const done = results.filter((ms) => !Number.isNaN(ms))
  const middle = median(done)
  const late = done.filter((ms) => ms > OUTLIER_MEDIANS * middle).length
  const [least, ninth, most] = [0, 0.9, 1].map((q) => whole(quantile(done, q))) as [string, string, string]
  return [name, String(results.length), String(results.length - done.length), least, whole(middle), ninth, most, late === 0 ? 'none' : String(late)]
}
