import type { Browser } from 'playwright-core'
import type { Lifetime } from '../../src/util/abort.ts'
import { median } from '../fit.ts'
import { progress, table, tenth, whole } from '../report.ts'
import { openMesh } from './mesh.ts'
import { takeSample, type Received, type Sample } from './sample.ts'
import { openCall, startBrowser, startSite, type Visitor } from './world.ts'

const MB = 1_048_576
/** Until encoders, jitter buffers and caches have found their size, milliseconds. */
const SETTLE_MS = 30_000

export interface EnduranceOptions {
  people: number
  minutes: number
}

/** One crowd, and how it went. */
interface Run {
  name: string
  samples: Sample[]
}

/** A long call of the app, and then as long a mesh of bare peer connections: memory and freezes of both. */
export async function endurance({ people, minutes }: EnduranceOptions, lifetime: Lifetime): Promise<string> {
  const site = await startSite(lifetime)
  const url = `${site.httpUrl}/`
  const runs: Run[] = []
  try {
    for (const [name, open] of [['Parley', openCall], ['bare', openMesh]] as const) {
      progress(`${name}: ${people} pages for ${minutes} minutes`)
      const { browser, close } = await startBrowser(lifetime)
      try {
        runs.push({ name, samples: await watch(browser, await open(browser, url, people), minutes, lifetime) })
      } finally {
        await close()
      }
    }
  } finally {
    await site.close()
  }
  return report(runs, people)
}

async function watch(browser: Browser, visitors: readonly Visitor[], minutes: number, { signal }: Lifetime): Promise<Sample[]> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const samples: Sample[] = []
  const start = performance.now()
  for (let minute = 0; minute <= minutes && !signal.aborted; minute++) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + minute * 60_000 - performance.now())))
    const sample = await takeSample(browser, visitors, (performance.now() - start) / 60_000)
    samples.push(sample)
    progress(`minute ${minute}: heap ${tenth(median(sample.heaps) / MB)} MB, pages ${whole(sample.pagesPss / MB)} MB, load ${tenth(sample.load)}`)
  }
  return samples
}

function report(runs: readonly Run[], people: number): string {
  const head = ['', 'minute', 'heap, median page (MB)', 'largest', 'DOM nodes', 'listeners', 'PSS of pages (MB)', 'rest of browser', 'CPU (cores)', 'frames/s a stream', 'freezes so far', 'frozen (s)', 'load']
  const rows = runs.flatMap(({ name, samples }) => samples.map((sample, index) => {
    const before = samples[index - 1]
    const [now, start] = [total(sample.received), total(samples[0]?.received ?? [])]
    const seconds = before === undefined ? NaN : 60 * (sample.minute - before.minute)
    const frames = before === undefined ? NaN : (now.frames - total(before.received).frames) / seconds / Math.max(1, now.streams)
    return [
      name, tenth(sample.minute), tenth(median(sample.heaps) / MB), tenth(Math.max(...sample.heaps) / MB), whole(median(sample.nodes)), whole(median(sample.listeners)),
      whole(sample.pagesPss / MB), whole(sample.restPss / MB), tenth(before === undefined ? NaN : (sample.cpuSeconds - before.cpuSeconds) / seconds),
      tenth(frames), String(now.freezes - start.freezes), tenth(now.frozenSeconds - start.frozenSeconds), tenth(sample.load),
    ]
  }))
  return [`A call of ${people}, and as many bare pages`, table(head, rows), 'Growth of memory, and freezes of each person', table(
    ['', 'heap of a page (MB/min)', 'PSS of all pages (MB/min)', 'streams a page', 'freezes of each person', 'seconds frozen'],
    runs.map(({ name, samples }) => summary(name, samples)),
  )].join('\n\n')
}

function summary(name: string, samples: readonly Sample[]): string[] {
  const [first, last] = [samples[0], samples.at(-1)]
  const people = last?.received.map((now, index) => ({ now, start: first?.received[index] ?? { streams: 0, frames: 0, freezes: 0, frozenSeconds: 0 } })) ?? []
  const slopes = (last?.heaps ?? []).map((_, page) => slope(samples.map(({ minute, heaps }) => [minute, (heaps[page] ?? NaN) / MB])))
  return [
    name, median(slopes).toFixed(3), slope(samples.map(({ minute, pagesPss }) => [minute, pagesPss / MB])).toFixed(2),
    whole(median(people.map(({ now }) => now.streams))), people.map(({ now, start }) => now.freezes - start.freezes).join(' '),
    people.map(({ now, start }) => tenth(now.frozenSeconds - start.frozenSeconds)).join(' '),
  ]
}

function total(all: readonly Received[]): Received {
  const sum = (key: keyof Received): number => all.reduce((so, each) => so + each[key], 0)
  return { streams: sum('streams'), frames: sum('frames'), freezes: sum('freezes'), frozenSeconds: sum('frozenSeconds') }
}

/** How fast the second value grows with the first, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([each]) => each)), mean(points.map(([, each]) => each))]
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
}
