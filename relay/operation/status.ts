import type { HistorySample } from './history.ts'
import type { RelayNumbers } from './snapshot.ts'

/** What a relay is, apart from its numbers. */
export interface RelayFacts {
  version: string
  network: string
  peerId: string
  addresses: string[]
  /** Unix time, milliseconds. */
  startedAt: number
  /** Peer ids of the relays that it is connected to. These are public services; nothing is told about visitors. */
  neighbours: string[]
}

/** What `/status.json` says. */
export interface RelayStatus extends RelayFacts {
  /** Unix time, milliseconds, of the numbers. */
  at: number
  /** The Node.js that it runs on. */
  node: string
  numbers: RelayNumbers
  /** Oldest first, `sampleMs` apart. */
  history: readonly HistorySample[]
  sampleMs: number
}
