import { readFileSync } from 'node:fs'

/** Ticks of all cores since the machine has started. */
export interface ProcessorTime {
  idle: number
  /** Taken by other machines on the same hardware while this one wanted it. */
  stolen: number
  all: number
}

/** Reads the first line of `/proc/stat` (https://docs.kernel.org/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat). */
export function processorTime(text = readFileSync('/proc/stat', 'utf8')): ProcessorTime {
  // Time of guests is contained in that of users already.
  const ticks = text.split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
  const [, , , idle = 0, waiting = 0, , , stolen = 0] = ticks
  return { idle: idle + waiting, stolen, all: ticks.reduce((sum, each) => sum + each, 0) }
}

/** What became of the processor between two readings, in words: times that were measured on a busy one mean little. */
export function processorUse(from: ProcessorTime, to: ProcessorTime): string {
  const part = (name: 'idle' | 'stolen'): number => Math.round(100 * (to[name] - from[name]) / Math.max(1, to.all - from.all))
  return `${part('idle')} % of the processor idle, ${part('stolen')} % taken by other machines`
}
