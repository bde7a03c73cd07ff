import { fitPlane, median } from '../fit.ts'
import type { Distance, Lab } from './lab.ts'
import { joinOnce, openHost } from './one-join.ts'
import type { Join, Start } from './one-join.ts'
import { progress, table, tenth, whole } from '../report.ts'

/** Far relay and near peers (100, 0) against near relay: what tells round trips to the relay from those between clients. */
const DISTANCES: Distance[] = [{ cs: 0, cc: 0 }, { cs: 100, cc: 200 }, { cs: 200, cc: 400 }, { cs: 100, cc: 0 }]

/** In the order of a join; `page` to `last script` are read from the browser's resource timing, the rest are the app's marks. */
const MILESTONES = [
  'page', 'first script', 'last script', 'join', 'relay-connected', 'hello', 'discovered', 'offer', 'answer', 'ice-connected', 'first-frame', 'ready'
]

const YARDSTICKS: Record<Start, [string, string][]> = {
  warm: [['target', '3.3 cs + 2.6 cc'], ['goal', '2 cs + 2.4 cc'], ['PeerJS, from its join call', '4.0 cs + 2.3 cc + 280 ms']],
  cold: [['target', '12 cs + 2.6 cc'], ['goal, PeerJS', '8.2 cs + 2.3 cc + 340 ms']]
}
const TITLES: Record<Start, string> = { warm: 'Warm: from "Join" to the first remote frame', cold: 'Cold: from navigation to the first remote frame' }

interface Measured {
  distance: Distance
  joins: Join[]
}

/** What to measure. */
export interface JoinOptions {
  /** Rounds over all distances. */
  joins: number
  starts: Start[]
  /** Stretches the distances, so that round trips stand out from the noise of a busy machine. */
  scale: number
}

/**
 * Measures joins at every distance and prints where the time goes; resolves with the number of failures. Round by round,
 * so that whatever else the machine does meanwhile falls on all distances alike.
 */
export async function benchJoin(lab: Lab, { joins, starts, scale }: JoinOptions): Promise<number> {
  let failures = 0
  const distances = DISTANCES.map(({ cs, cc }) => ({ cs: cs * scale, cc: cc * scale }))
  const measured: Record<Start, Measured[]> = {
    warm: distances.map((distance) => ({ distance, joins: [] })),
    cold: distances.map((distance) => ({ distance, joins: [] }))
  }
  for (let round = 1; round <= joins; round++) {
    for (const [index, distance] of distances.entries()) {
      await lab.at(distance, async (place) => {
        const topic = `bench-${round}-${index}`
        const host = await openHost(lab, place, topic)
        for (const start of starts) {
          const label = `round ${round}, ${start} (${distance.cs}, ${distance.cc})`
          try {
            const join = await joinOnce(lab, place, host, topic, start)
            measured[start][index]?.joins.push(join)
            progress(`${label}: ${whole(join.timeline.get('first-frame'))} ms`)
          } catch (error) {
            failures++
            progress(`${label}: ${(error as Error).message}`)
          }
        }
        await host.close()
      })
    }
  }
  for (const start of starts) console.log(report(start, measured[start]))
  return failures
}

/** The tables of one kind of join. */
function report(start: Start, measured: Measured[]): string {
  return [
    `\n## ${TITLES[start]}\n`,
    `Medians of ${measured.map(({ joins }) => joins.length).join(', ')} joins. cs, cc: round trips fitted over the distances; base: local milliseconds.`,
    'The last three columns are what the step adds to the milestone above it; steps that run in parallel may add less than nothing.\n',
    phases(measured), '', 'The same of the fastest join at each distance: a machine that is busy with other things only ever adds time.\n',
    phases(measured.map(({ distance, joins }) => ({ distance, joins: fastest(joins) }))), '', yardsticks(start, measured), '', traffic(measured)
  ].join('\n')
}

function fastest(joins: Join[]): Join[] {
  return joins.toSorted((a, b) => firstFrame(a) - firstFrame(b)).slice(0, 1)
}

function firstFrame({ timeline }: Join): number {
  return timeline.get('first-frame') ?? NaN
}

function phases(measured: Measured[]): string {
  const at = (name: string): number[] => measured.map(({ joins }) => median(joins.flatMap(({ timeline }) => timeline.get(name) ?? [])))
  const rows: string[][] = []
  let before = { base: 0, cs: 0, cc: 0 }
  const known = MILESTONES.map((name) => ({ name, values: at(name) })).filter(({ values }) => values.every((ms) => ms >= 0))
  for (const { name, values } of known.sort((a, b) => sum(a.values) - sum(b.values))) {
    const plane = fitPlane(measured.map(({ distance }, index) => ({ ...distance, ms: values[index] ?? NaN })))
    if (plane === undefined) continue
    const steps = [tenth(plane.cs - before.cs), tenth(plane.cc - before.cc), whole(plane.base - before.base)]
    rows.push([name, ...values.map(whole), tenth(plane.cs), tenth(plane.cc), whole(plane.base), whole(plane.residual), ...steps])
    before = plane
  }
  const points = measured.map(({ distance: { cs, cc } }) => `(${cs}, ${cc})`)
  return table(['milestone', ...points, 'cs', 'cc', 'base', 'residual', '+cs', '+cc', '+base'], rows)
}

function yardsticks(start: Start, measured: Measured[]): string {
  const fitted = (choose: (values: number[]) => number): string => {
    const plane = fitPlane(measured.map(({ distance, joins }) => ({ ...distance, ms: choose(joins.map(firstFrame)) })))
    return plane === undefined ? '-' : `${tenth(plane.cs)} cs + ${tenth(plane.cc)} cc + ${whole(plane.base)} ms (within ${whole(plane.residual)} ms)`
  }
  return table(['to the first frame', ''], [
    ['**measured, medians**', `**${fitted(median)}**`],
    ['measured, fastest joins', fitted((values) => Math.min(...values))],
    ...YARDSTICKS[start]
  ])
}

function traffic(measured: Measured[]): string {
  const row = (name: string, value: (join: Join) => number): string[] => [name, ...measured.map(({ joins }) => whole(median(joins.map(value))))]
  return table(['until the first frame', ...measured.map(({ distance: { cs, cc } }) => `(${cs}, ${cc})`)], [
    row('bytes from B to the relay\'s port', ({ traffic }) => traffic.up),
    row('bytes from the relay\'s port to B', ({ traffic }) => traffic.down),
    row('WebSocket messages sent by B', ({ traffic }) => traffic.sent),
    row('WebSocket messages received by B', ({ traffic }) => traffic.received),
    row('datagrams between A and B', ({ direct }) => direct.datagrams),
    row('bytes between A and B', ({ direct }) => direct.bytes)
  ])
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
