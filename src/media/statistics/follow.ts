import { onAbort, type Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { signal, type ReadonlySignal } from '../../util/signals.ts'
import { readSample, statisticsBetween, type LinkSample } from './link-statistics.ts'
import type { PersonStatistics } from './types.ts'

const log = createLog('statistics')

/** Once a second, and a minute of it. */
const EVERY_MS = 1_000
const MOST_READINGS = 60

/** Somebody whose connection can be read. */
interface Readable<Peer extends string> {
  readonly peer: Peer
  stats(): Promise<Iterable<unknown>>
}

/** Reads everybody's connection once a second until the lifetime ends. */
export function followStatistics<Peer extends string>(
  people: ReadonlySignal<readonly Readable<Peer>[]>, { signal: lifetime }: Lifetime,
): ReadonlySignal<readonly PersonStatistics<Peer>[]> {
  const shown = signal<readonly PersonStatistics<Peer>[]>([])
  const samples = new Map<Peer, LinkSample>()
  let reading = false
  const look = async (): Promise<void> => {
    // A browser that is so busy that it takes more than a second is not asked for more.
    if (reading) return
    reading = true
    try {
      const now = await Promise.all(people.peek().map(async (person) => [person.peer, await sampleOf(person)] as const))
      if (lifetime.aborted) return
      shown.value = now.map(([peer, sample]) => {
        const before = samples.get(peer)
        const readings = shown.peek().find((each) => each.peer === peer)?.readings ?? []
        return { peer, readings: before === undefined || sample === null ? readings : [...readings, statisticsBetween(before, sample)].slice(-MOST_READINGS) }
      })
      const earlier = new Map(samples)
      samples.clear()
      for (const [peer, sample] of now) {
        const latest = sample ?? earlier.get(peer)
        if (latest !== undefined) samples.set(peer, latest)
      }
    } finally {
      reading = false
    }
  }
  const timer = setInterval(() => void look(), EVERY_MS)
  onAbort(lifetime, () => clearInterval(timer))
  void look()
  return shown
}

/** Milliseconds since 1970 by a clock that does not jump: between two readings of one that was set back there would be a burst. */
function steadyTime(): number {
  return performance.timeOrigin + performance.now()
}

/** Null where the browser tells nothing, too busy or between two connections: totals of nothing would make the next ones a burst. */
async function sampleOf({ stats }: Readable<string>): Promise<LinkSample | null> {
  try {
    const sample = readSample(await stats(), steadyTime())
    return sample.entries.length === 0 ? null : sample
  } catch (error) {
    log.debug('statistics were refused', error)
    return null
  }
}
