/** The relay's TURN server and coturn's by turns; on Linux, with Debian's package coturn. */
import { spawnSync } from 'node:child_process'
import { childController } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { median } from '../fit.ts'
import { progress, table, tenth, whole } from '../report.ts'
import { startContenders, startEcho } from './contenders.ts'
import { MESSAGE_BYTES, run } from './load.ts'
import type { Load, Run } from './load.ts'

const TOOLS = ['turnserver', 'turnutils_uclient', 'turnutils_peer', 'stdbuf']

/** Two loads that a relay should carry without loss, and one that asks for more than there is. */
const LOADS: readonly Load[] = [
  { name: 'UDP, paced', flags: [], clients: 20, messages: 400, intervalMs: 10 },
  { name: 'TCP, paced', flags: ['-t'], clients: 20, messages: 400, intervalMs: 10 },
  { name: 'UDP, flood', flags: [], clients: 10, messages: 10_000, intervalMs: 0 }
]

/** Prints throughput, loss and cost of both servers, medians of `rounds` runs each. Returns how many runs failed. */
export async function benchTurn({ signal }: Lifetime, rounds: number): Promise<number> {
  const missing = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
  if (missing.length > 0) {
    progress(`not installed: ${missing.join(', ')}`)
    return 1
  }
  const running = childController(signal)
  try {
    const [echoPort, contenders] = await Promise.all([startEcho(running), startContenders(running)])
    const results: Array<{ load: string, name: string, result: Run }> = []
    let failures = 0
    for (const load of LOADS) {
      // One round unmeasured: a program that is compiled as it runs is not judged by its first packets.
      for (let round = 0; round <= rounds; round++) {
        for (const contender of contenders) {
          progress(`${load.name}, ${contender.name}, ${round === 0 ? 'warming up' : `${round} of ${rounds}`}`)
          try {
            const result = await run(contender, echoPort, load, running)
            if (round > 0) results.push({ load: load.name, name: contender.name, result })
          } catch (error) {
            signal.throwIfAborted()
            progress(String(error))
            failures++
          }
        }
      }
    }
    console.log(report(results, contenders.map(({ name }) => name)))
    return failures
  } finally {
    running.abort()
  }
}

function report(results: ReadonlyArray<{ load: string, name: string, result: Run }>, names: readonly string[]): string {
  const head = ['load', 'server', 'packets/s', 'Mbit/s', 'loss %', 'CPU s', 'CPU µs/packet', 'RSS MB']
  return table(head, LOADS.flatMap(({ name: load }) => names.map((name) => {
    const runs = results.filter((each) => each.load === load && each.name === name)
    const of = (value: keyof Run): number => median(runs.map(({ result }) => result[value]))
    return [
      load, name, whole(of('packetsPerSecond')), whole(of('packetsPerSecond') * MESSAGE_BYTES * 8 / 1e6), tenth(of('loss') * 100),
      of('cpuSeconds').toFixed(2), tenth(of('microsecondsPerPacket')), whole(of('rssMegabytes'))
    ]
  })))
}
