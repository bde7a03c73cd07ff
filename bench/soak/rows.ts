import { table, tenth, whole } from '../report.ts'
import type { CrowdStats } from './crowd-stats.ts'
import { deliveredShare, refusedInAll } from './crowd-stats.ts'
import { costPerClient, cpuShare, handleDifference } from './sample.ts'
import type { Sample } from './sample.ts'

/** One moment of a run. */
export interface Moment {
  label: string
  sample: Sample
  stats: CrowdStats
}

/** A server's whole run, in order; the first moment is the empty server. */
export interface Run {
  server: string
  moments: Moment[]
}

const MEBIBYTE = 1_048_576

/** Bytes as MiB with one decimal. */
export function mebibytes(bytes: number): string {
  return tenth(bytes / MEBIBYTE)
}

/** Bytes as KiB with one decimal. */
export function kibibytes(bytes: number): string {
  return tenth(bytes / 1024)
}

/** Every moment of a run: memory in MiB, CPU as a share of one core since the moment before. */
export function momentTable({ moments }: Run): string {
  const head = ['moment', 'clients', 'RSS', 'RSS after gc', 'heap', 'external', 'CPU s', 'of a core', 'sockets', 'timers', 'files', 'refused', 'lost', 'hellos heard', 'offers heard']
  return table(head, moments.map(({ label, sample, stats }, index) => {
    const before = moments[index - 1]?.sample
    return [
      label, String(stats.connected), mebibytes(sample.rssSeen), mebibytes(sample.rss), mebibytes(sample.heapUsed), mebibytes(sample.external),
      tenth(sample.cpuMs / 1_000), before === undefined ? '-' : `${tenth(100 * cpuShare(before, sample))} %`,
      whole(sample.handles['TCPSocketWrap'] ?? 0), whole(sample.handles['Timeout'] ?? 0), whole(sample.files),
      String(refusedInAll(stats)), String(stats.lost), deliveredShare(stats, 'hello'), deliveredShare(stats, 'offer')
    ]
  }))
}

/** What is left of a run after everybody has gone. */
export function differenceTable(rows: ReadonlyArray<{ label: string, from: Sample, to: Sample }>): string {
  return table(['difference', 'RSS after gc, MiB', 'heap, MiB', 'external, MiB', 'files', 'handles'], rows.map(({ label, from, to }) => [
    label, mebibytes(to.rss - from.rss), mebibytes(to.heapUsed - from.heapUsed), mebibytes(to.external - from.external),
    whole(to.files - from.files), describe(handleDifference(from.handles, to.handles))
  ]))
}

/** Costs per client, one server beside the other. */
export function costTable(costs: ReadonlyArray<{ label: string, empty: Sample, full: Sample, from: Sample, to: Sample, clients: number }>): string {
  const head = ['server', 'clients', 'RSS, KiB', 'heap, KiB', 'external, KiB', 'CPU ms to connect', 'CPU ms a minute']
  return table(head, costs.map(({ label, empty, full, from, to, clients }) => {
    const { rss, heap, external } = costPerClient(empty, full, clients)
    const connecting = (full.cpuMs - empty.cpuMs) / clients
    const minute = (to.cpuMs - from.cpuMs) / clients / ((to.atMs - from.atMs) / 60_000)
    return [label, String(clients), kibibytes(rss), kibibytes(heap), kibibytes(external), connecting.toFixed(2), minute.toFixed(2)]
  }))
}

function describe(handles: Record<string, number>): string {
  const changed = Object.entries(handles).map(([kind, more]) => `${kind} ${more > 0 ? '+' : ''}${more}`)
  return changed.length === 0 ? 'the same' : changed.join(', ')
}
