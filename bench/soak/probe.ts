/**
 * Loaded into a server's process by `--import`, beside a server that knows nothing of it: answers what the process holds
 * and uses. The process must run with `--expose-gc`.
 */
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { setTimeout } from 'node:timers/promises'
import { writeHeapSnapshot } from 'node:v8'
import { answerQuestions } from './questions.ts'
import type { Sample } from './sample.ts'

/** Collecting once leaves what finalizers and weak references let go only afterwards. */
const COLLECTIONS = 3

/** CPU that the samples themselves have taken. */
let collectingMs = 0

answerQuestions({
  sample: async (): Promise<Sample> => {
    // Before collecting, for that is what an operator sees.
    const rssSeen = process.memoryUsage.rss()
    const cpuMs = cpuUsedMs()
    await collect()
    const usedBefore = cpuMs - collectingMs
    collectingMs += cpuUsedMs() - cpuMs
    const { rss, heapUsed, external } = process.memoryUsage()
    return { atMs: Date.now(), rssSeen, rss, heapUsed, external, cpuMs: usedBefore, handles: countHandles(), files: countFiles() }
  },
  heapSnapshot: (path: string) => writeHeapSnapshot(path),
  cpuProfile: async ({ path, ms }: { path: string, ms: number }) => {
    const session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    await setTimeout(ms)
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    await writeFile(path, JSON.stringify(profile))
  }
})

// The channel would hold the process open and count among its handles.
process.channel?.unref()

function cpuUsedMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

async function collect(): Promise<void> {
  if (globalThis.gc === undefined) throw new Error('the process runs without --expose-gc')
  for (let round = 0; round < COLLECTIONS; round++) {
    globalThis.gc()
    await setTimeout(20)
  }
}

/** Sockets, servers, timers and the like that hold the process open, by Node's names for them. */
function countHandles(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function countFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    // Only Linux tells; elsewhere the sockets among the handles have to do.
    return NaN
  }
}
