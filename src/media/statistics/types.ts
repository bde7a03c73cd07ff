/** What is told of one connection to the curious. */
import type { LinkPath } from '../types.ts'

/** What travels in one section in one direction. Each value is null where the browser does not tell it, or nothing flows. */
export interface FlowStatistics {
  name: 'microphone' | 'camera' | 'screen' | 'screenAudio'
  direction: 'received' | 'sent'
  /** For example `VP8`. */
  codec: string | null
  bitsPerSecond: number
  /** Part of the packets that got lost since the reading before, 0..1. */
  loss: number | null
  jitterMs: number | null
  width: number | null
  height: number | null
  framesPerSecond: number | null
  /** How often the picture stood still so far; sound that had to be made up, part of it, 0..1. */
  freezes: number | null
  concealed: number | null
}

/** One reading of a connection, over the time since the one before. */
export interface LinkStatistics {
  /** Milliseconds since 1970. */
  at: number
  /** All that travels, headers and repeats too. */
  receivedBps: number
  sentBps: number
  roundTripMs: number | null
  path: LinkPath | null
  flows: readonly FlowStatistics[]
}

/** The latest minute of one person's connection, the newest reading last. */
export interface PersonStatistics<Peer extends string = string> {
  peer: Peer
  readings: readonly LinkStatistics[]
}

/** Bytes over all connections with a person, since we met. */
export interface Traffic {
  receivedBytes: number
  sentBytes: number
}
