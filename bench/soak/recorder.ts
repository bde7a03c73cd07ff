import { progress } from '../report.ts'
import type { Crowd } from './crowd-process.ts'
import type { CrowdStats } from './crowd-stats.ts'
import { deliveredShare, emptyStats } from './crowd-stats.ts'
import { mebibytes } from './rows.ts'
import type { Moment, Run } from './rows.ts'
import type { ServerProcess } from './server-process.ts'

/** Takes the moments of one server's run, telling about each on stderr. */
export class Recorder {
  run: Run
  readonly #process: ServerProcess
  #last = emptyStats()

  constructor(server: string, process: ServerProcess) {
    this.run = { server, moments: [] }
    this.#process = process
  }

  /** Measures now. Without a crowd nobody is connected, and the rest is as it was last. */
  async take(label: string, crowd?: Crowd): Promise<Moment> {
    const stats = crowd === undefined ? { ...this.#last, connected: 0 } : await crowd.stats()
    const moment = { label, sample: await this.#process.sample(), stats }
    this.#last = stats
    this.run.moments.push(moment)
    progress(`${this.run.server}, ${label}: ${stats.connected} connected, RSS ${mebibytes(moment.sample.rssSeen)} MiB, ${tellStats(stats)}`)
    return moment
  }

  /** Forgets the moments taken so far. */
  clear(): void {
    this.run = { server: this.run.server, moments: [] }
    this.#last = emptyStats()
  }

  /** Notes what became of a crowd at its end, for the moments that follow. */
  ended(stats: CrowdStats): void {
    this.#last = stats
  }
}

function tellStats(stats: CrowdStats): string {
  const refused = Object.entries(stats.refused).map(([what, count]) => `${count} ${what} (last: ${stats.reasons[what] ?? ''})`)
  return `refused ${refused.length === 0 ? 'nothing' : refused.join(', ')}, lost ${stats.lost}, heard ${deliveredShare(stats, 'hello')}`
}
