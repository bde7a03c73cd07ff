import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import type { Browser } from 'playwright-core'
import type { Visitor } from './world.ts'

/** What one page has received since it was opened, over all its connections. */
export interface Received {
  streams: number
  frames: number
  freezes: number
  frozenSeconds: number
}

/** One look at a crowd. */
export interface Sample {
  minute: number
  /** For each page: JavaScript heap that is left after collecting, bytes; DOM nodes and listeners. */
  heaps: number[]
  nodes: number[]
  listeners: number[]
  /** Memory of the processes, each shared page counted in part, bytes: of the pages, and of the rest of the browser. */
  pagesPss: number
  restPss: number
  /** CPU time that the browser has used so far, seconds. */
  cpuSeconds: number
  received: Received[]
  load: number
}

/** Collects garbage in every page, and looks. */
export async function takeSample(browser: Browser, visitors: readonly Visitor[], minute: number): Promise<Sample> {
  const heaps: number[] = []
  const nodes: number[] = []
  const listeners: number[] = []
  const received: Received[] = []
  // One after the other: eight collections at once would freeze pictures by themselves.
  for (const { page, devtools } of visitors) {
    await devtools.send('HeapProfiler.collectGarbage')
    heaps.push((await devtools.send('Runtime.getHeapUsage')).usedSize)
    const counters = await devtools.send('Memory.getDOMCounters')
    nodes.push(counters.nodes)
    listeners.push(counters.jsEventListeners)
    received.push(await page.evaluate(receivedHere))
  }
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pssOf = (wanted: boolean): number => processInfo.filter(({ type }) => (type === 'renderer') === wanted).reduce((sum, { id }) => sum + pss(id), 0)
  return {
    minute, heaps, nodes, listeners, received, pagesPss: pssOf(true), restPss: pssOf(false),
    cpuSeconds: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0), load: loadavg()[0] ?? NaN,
  }
}

/** For the page. Connections that were closed keep what they had counted when they were last looked at. */
async function receivedHere(): Promise<Received> {
  const world = globalThis as unknown as { connections: RTCPeerConnection[], counted?: Map<string, Omit<Received, 'streams'>> }
  world.counted ??= new Map()
  let streams = 0
  for (const [index, pc] of world.connections.entries()) {
    if (pc.connectionState !== 'connected') continue
    for (const entry of (await pc.getStats()).values()) {
      if (entry.type !== 'inbound-rtp' || entry.kind !== 'video' || !entry.framesDecoded) continue
      streams++
      world.counted.set(`${index} ${entry.id}`, { frames: entry.framesDecoded, freezes: entry.freezeCount ?? 0, frozenSeconds: entry.totalFreezesDuration ?? 0 })
    }
  }
  const sum = (key: 'frames' | 'freezes' | 'frozenSeconds'): number => [...world.counted?.values() ?? []].reduce((total, each) => total + each[key], 0)
  return { streams, frames: sum('frames'), freezes: sum('freezes'), frozenSeconds: sum('frozenSeconds') }
}

/** Proportional set size of a process, bytes; nothing where it is gone, or the system does not tell (Linux does). */
function pss(pid: number): number {
  try {
    return 1_024 * Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
