/** What a server's process holds and has used at one moment; bytes and milliseconds. */
export interface Sample {
  atMs: number
  /** Resident memory as it stood, before collecting. */
  rssSeen: number
  /** Resident memory after garbage was collected. */
  rss: number
  /** JavaScript heap after garbage was collected. */
  heapUsed: number
  /** Memory outside the heap that belongs to JavaScript objects: buffers, mostly. */
  external: number
  /** CPU time of all threads since the process began, without that of collecting for this sample. */
  cpuMs: number
  /** Handles that hold the process open, by Node's names. */
  handles: Record<string, number>
  /** Open file descriptors. */
  files: number
}

/** A sample with a name for its row. */
export interface Row {
  label: string
  clients: number
  sample: Sample
}

/** What one client costs: bytes, and milliseconds of CPU. */
export interface Cost {
  rss: number
  heap: number
  external: number
}

/** What each of `clients` added to the memory between two samples, bytes. */
export function costPerClient(empty: Sample, full: Sample, clients: number): Cost {
  return {
    rss: (full.rss - empty.rss) / clients,
    heap: (full.heapUsed - empty.heapUsed) / clients,
    external: (full.external - empty.external) / clients
  }
}

/** CPU used between two samples, as a share of one core. */
export function cpuShare(from: Sample, to: Sample): number {
  return (to.cpuMs - from.cpuMs) / (to.atMs - from.atMs)
}

/** Least squares slope of `y` over `x`. NaN of fewer than two different `x`. */
export function slope(points: ReadonlyArray<readonly [x: number, y: number]>): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const middleX = mean(points.map(([x]) => x))
  const middleY = mean(points.map(([, y]) => y))
  const along = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0)
  return along / points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0)
}

/** How many more handles of each kind are open; kinds that did not change are left out. */
export function handleDifference(before: Sample['handles'], after: Sample['handles']): Record<string, number> {
  const kinds = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries([...kinds]
    .map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)] as const)
    .filter(([, more]) => more !== 0))
}
