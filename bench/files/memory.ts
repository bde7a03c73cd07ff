/** What a browser's processes hold, as the kernel counts it (Linux): each page of memory shared by n processes is a nth of each. */
import { readdirSync, readFileSync } from 'node:fs'

export interface BrowserMemory {
  /** Of the processes in which pages run. */
  tabBytes: number
  /** Of all others: the browser's own, storage, network. */
  otherBytes: number
}

/** Memory of the browser whose profile is in this folder. */
export function memoryOf(folder: string): BrowserMemory {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]))
  const roots = new Set(all.filter((pid) => commandOf(pid).includes(`--user-data-dir=${folder}`)))
  const isOurs = (pid: number | undefined): boolean => pid !== undefined && pid > 1 && (roots.has(pid) || isOurs(parents.get(pid)))
  let tabBytes = 0
  let otherBytes = 0
  for (const pid of all) {
    if (!isOurs(pid)) continue
    if (commandOf(pid).includes('--type=renderer')) tabBytes += pssOf(pid)
    else otherBytes += pssOf(pid)
  }
  return { tabBytes, otherBytes }
}

function parentOf(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`)
  // The name in parentheses may contain anything.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
}

function pssOf(pid: number): number {
  return Number(/^Pss:\s+(?<kilobytes>\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.groups?.['kilobytes'] ?? 0) * 1_024
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
