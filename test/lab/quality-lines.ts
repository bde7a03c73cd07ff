/** The bad lines that links are measured on, and for how long. */
import type { LinkShapes } from './link.ts'

/** How the near side's line is, and for how long, milliseconds. */
export interface Phase {
  name: string
  ms: number
  near: LinkShapes
}

export interface Condition {
  name: string
  /** How the line is while the call comes up. */
  start: Phase
  phases: readonly Phase[]
  /** Whether the line becomes bad at all; the good one is the control. */
  isBad: boolean
  /** Whether there is a phase before the trouble, and one after it that says how long it takes to be as good again. */
  recovers: boolean
}

/** There and back 40 ms, as between two homes of one country. */
const HOME = { delayMs: 20 }
const QUEUE_BYTES = 40_000

const good: Phase = { name: 'good', ms: 0, near: { up: HOME, down: HOME } }

const far: Phase = { name: 'far', ms: 0, near: { up: { delayMs: 150, jitterMs: 30 }, down: { delayMs: 150, jitterMs: 30 } } }

function lossy(loss: number, burst = 1): Condition {
  const line = { ...HOME, loss, burst }
  return {
    name: `${loss * 100} % loss${burst > 1 ? ` in bursts of ${burst}` : ''}`, start: good, isBad: true, recovers: false,
    phases: [{ name: 'lossy', ms: 30_000, near: { up: line, down: line } }],
  }
}

function limited(name: string, kbps: number, ms: number): Phase {
  return { name, ms, near: { up: { ...HOME, kbps, queueBytes: QUEUE_BYTES }, down: HOME } }
}

export const CONDITIONS: readonly Condition[] = [
  { name: 'good line', start: good, phases: [{ ...good, ms: 15_000 }], isBad: false, recovers: false },
  lossy(0.05), lossy(0.1), lossy(0.2), lossy(0.1, 5),
  {
    name: '2 Mbit/s, 250 kbit/s, 2 Mbit/s', start: limited('before', 2_000, 0), isBad: true, recovers: true,
    phases: [limited('before', 2_000, 5_000), limited('thin', 250, 20_000), limited('after', 2_000, 30_000)],
  },
  {
    name: '2 Mbit/s, 80 kbit/s, 2 Mbit/s', start: limited('before', 2_000, 0), isBad: true, recovers: true,
    phases: [limited('before', 2_000, 5_000), limited('thin', 80, 20_000), limited('after', 2_000, 30_000)],
  },
  // So from the beginning: the sound that is late once when a line becomes longer is as late for everybody.
  { name: '150 ms with 30 ms of jitter', start: far, isBad: true, recovers: false, phases: [{ ...far, ms: 30_000 }] },
]
