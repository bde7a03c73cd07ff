/** Memory of a browser and all of its processes, out of /proc: Linux only. */
import { readdir, readFile } from 'node:fs/promises'

/** What a process is for, and what it takes alone and as its share of what it has in common with others, megabytes. */
interface ProcessMemory {
  kind: string
  megabytes: number
}

/** Of the process and everything below it. A process that ends meanwhile counts nothing. */
export async function memoryOf(root: number): Promise<ProcessMemory[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = new Map<number, number>()
  for (const pid of numbers) {
    const status = await readMaybe(`/proc/${pid}/status`)
    parents.set(pid, Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0))
  }
  const isBelow = (pid: number): boolean => pid === root || (pid > 1 && isBelow(parents.get(pid) ?? 0))
  return await Promise.all(numbers.filter(isBelow).map(async (pid) => {
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(await readMaybe(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    const command = await readMaybe(`/proc/${pid}/cmdline`)
    return { kind: /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser', megabytes: kilobytes / 1_024 }
  }))
}

/** All of them together, or those of one kind. */
export function sum(processes: readonly ProcessMemory[], kind?: string): number {
  return processes.filter((each) => kind === undefined || each.kind === kind).reduce((total, { megabytes }) => total + megabytes, 0)
}

async function readMaybe(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    // The process has ended.
    return ''
  }
}
