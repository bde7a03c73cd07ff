/** Looks at a call once a second. */
import type { Caller, Seen } from './caller.ts'
import { memoryOf, type BrowserMemory } from './memory.ts'

const LOOK_MS = 1_000

/** Megabytes over time. */
export interface Range {
  mean: number
  most: number
}

export interface WatchedPerson {
  fps: number
  /** Frames of the slowest second. */
  lowestFps: number
  freezes: number
  frozenSeconds: number
  tab: Range
  others: Range
  heapMost: number
}

export interface Watched {
  people: WatchedPerson[]
}

interface Look extends Seen, BrowserMemory {
  at: number
  heapBytes: number
}

/** Watches everybody until it is over. */
export async function watch(callers: readonly Caller[], over: Promise<unknown>): Promise<Watched> {
  let isOver = false
  // A failure is the caller's to hear of, below.
  over.then(() => { isOver = true }, () => { isOver = true })
  const looks: Look[][] = callers.map(() => [])
  for (;;) {
    const until = performance.now() + LOOK_MS
    await Promise.all(callers.map(async (caller, i) => {
      const [seen, heapBytes] = await Promise.all([caller.seen(), caller.heapBytes()])
      looks[i]?.push({ ...seen, ...memoryOf(caller.folder), heapBytes, at: performance.now() })
    }))
    // A difference takes two looks.
    if (isOver && looks.every(({ length }) => length > 1)) break
    await new Promise((resolve) => { setTimeout(resolve, until - performance.now()) })
  }
  await over
  return { people: looks.map(summed) }
}

function summed(looks: readonly Look[]): WatchedPerson {
  const [first, last] = [looks[0], looks.at(-1)]
  if (first === undefined || last === undefined || looks.length < 2) throw new Error('nothing was watched')
  const rates = looks.slice(1).map((look, i) => {
    const before = looks[i] ?? first
    return (look.frames - before.frames) * 1_000 / (look.at - before.at)
  })
  return {
    fps: (last.frames - first.frames) * 1_000 / (last.at - first.at),
    lowestFps: Math.min(...rates),
    freezes: last.freezes - first.freezes,
    frozenSeconds: last.frozenSeconds - first.frozenSeconds,
    tab: range(looks.map(({ tabBytes }) => tabBytes)),
    others: range(looks.map(({ otherBytes }) => otherBytes)),
    heapMost: Math.max(...looks.map(({ heapBytes }) => heapBytes)) / 1e6,
  }
}

function range(bytes: readonly number[]): Range {
  return { mean: bytes.reduce((sum, each) => sum + each, 0) / bytes.length / 1e6, most: Math.max(...bytes) / 1e6 }
}
