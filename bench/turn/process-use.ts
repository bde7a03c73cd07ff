import { readFileSync } from 'node:fs'

/** What a process has used; Linux only. */
export interface ProcessUse {
  /** User and system time of all threads, seconds. */
  cpuSeconds: number
  /** Resident memory, MB. */
  rssMegabytes: number
}

/** Clock ticks per second in /proc, which is 100 on every Linux. */
const TICKS = 100

/** Reads what a process has used so far. */
export function useOf(pid: number): ProcessUse {
  // The name in parentheses may hold spaces; what follows it does not.
  const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return { cpuSeconds: (Number(user) + Number(system)) / TICKS, rssMegabytes: Number(kilobytes) / 1_000 }
}
