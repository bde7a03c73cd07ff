import { performance } from 'node:perf_hooks'
import type { RelayNumbers } from './snapshot.ts'

/** Time between two samples, milliseconds. */
export const SAMPLE_MS = 5_000
/** Ten minutes. */
const SAMPLES = 120

/** What the status page draws lines of. Counters go on counting; the page makes rates of them. */
export interface HistorySample {
  /** Unix time, milliseconds. */
  at: number
  connections: number
  reservations: number
  topics: number
  circuitBytes: number
  messages: number
  turnBytes: number
  refusals: number
  /** Resident memory, bytes. */
  memory: number
  /** Part of the time since the sample before in which the event loop had work, 0 to 1. */
  busy: number
}

/** The last minutes of a relay. */
export class History {
  readonly #samples: HistorySample[] = []
  #utilization = performance.eventLoopUtilization()

  /** Oldest first. */
  get samples(): readonly HistorySample[] {
    return this.#samples
  }

  /** To be called every `SAMPLE_MS`. */
  add(numbers: RelayNumbers): void {
    const utilization = performance.eventLoopUtilization()
    const busy = performance.eventLoopUtilization(utilization, this.#utilization).utilization
    this.#utilization = utilization
    this.#samples.push(sampleOf(numbers, { at: Date.now(), memory: process.memoryUsage.rss(), busy }))
    if (this.#samples.length > SAMPLES) this.#samples.shift()
  }
}

/** The numbers that have a line on the status page. */
export function sampleOf(numbers: RelayNumbers, machine: Pick<HistorySample, 'at' | 'memory' | 'busy'>): HistorySample {
  const { connections, reservations, topics, circuits, pubsub, turn, refusals } = numbers
  return {
    ...machine,
    connections: sum(connections.by),
    reservations: reservations.used,
    topics: topics.used,
    circuitBytes: circuits.bytes,
    messages: pubsub.messages,
    turnBytes: turn === undefined ? 0 : turn.bytes.toPeers + turn.bytes.toClients,
    refusals: sum(refusals)
  }
}

function sum(list: ReadonlyArray<{ count: number }>): number {
  return list.reduce((total, { count }) => total + count, 0)
}
