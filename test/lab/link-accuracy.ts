/** Whether a link does what it is told: times and counts packets that go through it and back by an untouched way. */
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { table, tenth } from '../../bench/report.ts'
import { ip, run, startNode } from './command.ts'
import { Internet, publicAddress } from './internet.ts'
import { WAN } from './kinds.ts'
import { Namespaces } from './namespaces.ts'
import { quantile } from './quantile.ts'
import type { Shape } from './shaper.ts'

const PROBE = fileURLToPath(new URL('udp-probe.ts', import.meta.url))
const PORT = 5_000
/** Ethernet, IP and UDP in front of each packet's bytes, of which a line carries all. */
const HEADER_BYTES = 42

/** A shape of the way up, and the packets that try it. */
interface Trial {
  shape: Partial<Shape>
  count: number
  everyMs: number
  bytes: number
}

const TRIALS: Record<string, Trial> = {
  'nothing': { shape: {}, count: 500, everyMs: 4, bytes: 200 },
  'delay 50 ms': { shape: { delayMs: 50 }, count: 500, everyMs: 4, bytes: 200 },
  'delay 50 ms, jitter 30 ms': { shape: { delayMs: 50, jitterMs: 30 }, count: 500, everyMs: 20, bytes: 200 },
  'loss 10 %': { shape: { loss: 0.1 }, count: 5_000, everyMs: 1, bytes: 200 },
  'loss 10 % in bursts of 5': { shape: { loss: 0.1, burst: 5 }, count: 5_000, everyMs: 1, bytes: 200 },
  '500 kbit/s, 20 KB of queue, half used': { shape: { kbps: 500, queueBytes: 20_000 }, count: 150, everyMs: 32, bytes: 958 },
  '500 kbit/s, 20 KB of queue, twice used': { shape: { kbps: 500, queueBytes: 20_000 }, count: 500, everyMs: 8, bytes: 958 },
  'cut': { shape: { cut: true }, count: 100, everyMs: 4, bytes: 200 }
}

/** Tries each shape and prints what came of it; resolves with the number of failures, which is none. */
export async function linkAccuracy(): Promise<number> {
  const namespaces = await Namespaces.open()
  const rows: string[][] = []
  try {
    const internet = await Internet.create(namespaces)
    const [near, far] = [await namespaces.add('near'), await namespaces.add('far')]
    const link = await internet.attachByLink(near, WAN)
    await internet.attach(far, WAN)
    const address = internet.newAddress()
    await ip(near, publicAddress(internet.newAddress(), WAN))
    await ip(far, publicAddress(address, WAN))
    const echo = startNode(far, [PROBE, 'echo', String(PORT)])
    await once(echo.stderr, 'data')
    // The bridge lets packets through a moment after a cable is plugged in.
    const probe = async (packets: Omit<Trial, 'shape'>): Promise<Array<number | null>> => {
      const { count, everyMs, bytes } = packets
      return JSON.parse(await run('ip', ['netns', 'exec', near, process.execPath, PROBE, 'probe', address, ...[PORT, count, everyMs, bytes].map(String)])) as Array<number | null>
    }
    await probe({ count: 1, everyMs: 0, bytes: 4 })
    for (const [name, { shape, ...packets }] of Object.entries(TRIALS)) {
      await link.set({ up: shape })
      rows.push(rowOf(name, packets, await probe(packets)))
    }
  } finally {
    await namespaces.close()
  }
  process.stdout.write(`${table(['Line', 'Least, ms', 'Median', '99 %', 'Lost, %', 'Lost in a row', 'Carried, kbit/s'], rows)}\n`)
  return 0
}

function rowOf(name: string, { everyMs, bytes }: Omit<Trial, 'shape'>, took: ReadonlyArray<number | null>): string[] {
  const times = took.filter((ms) => ms !== null)
  const lost = took.length - times.length
  const bursts = took.filter((ms, index) => ms === null && took[index - 1] !== null).length
  const kbps = times.length * (bytes + HEADER_BYTES) * 8 / (took.length * everyMs)
  return [name, ...[quantile(times, 0), quantile(times, 0.5), quantile(times, 0.99), 100 * lost / took.length, lost / bursts, kbps].map(tenth)]
}
