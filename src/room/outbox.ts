import { backoffMs, type BackoffOptions } from '../util/backoff.ts'
import { onAbort, type Lifetime } from '../util/abort.ts'
import type { Signal } from '../wire/index.ts'

/** Signals that wait for a carrier; more than this would not help a peer that is still out of reach. */
const MAX_WAITING = 16

/** A refused carrier is usually a relayed connection still being made, which takes a few round trips. */
const RETRY: BackoffOptions = { baseMs: 250, maxMs: 4_000 }

export interface OutboxOptions extends Lifetime {
  /** Hands a signal to a carrier; rejects when none takes it. */
  transmit: (signal: Signal) => Promise<void>
  /** Whether trying again is still worth it. */
  wanted: () => boolean
}

/** Sends signals to one remote session, at once when it can and with growing pauses when no carrier takes them. */
export interface Outbox {
  /** Sends `message`. A description makes everything that still waits obsolete. */
  post(message: Signal): void
  /** Tries at once to send what waits: a carrier may have come up. */
  retry(): void
}

/** Makes an outbox; what waits in it is dropped when its signal aborts. */
export function createOutbox({ transmit, wanted, signal }: OutboxOptions): Outbox {
  let waiting: Signal[] = []
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  onAbort(signal, () => {
    clearTimeout(timer)
    waiting = []
  })

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const batch = waiting
    waiting = []
    if (wanted()) for (const message of batch) send(message)
  }
  const pause = (): void => {
    if (timer === undefined && !signal.aborted) timer = setTimeout(flush, backoffMs(attempt++, RETRY))
  }
  const keep = (message: Signal): void => {
    if (signal.aborted || waiting.length >= MAX_WAITING || isObsolete(message, waiting)) return
    waiting.push(message)
    waiting.sort((a, b) => a.seq - b.seq)
    pause()
  }
  const send = (message: Signal): void => {
    transmit(message).then(() => { attempt = 0 }, () => keep(message))
  }

  return {
    post(message) {
      if (message.body.kind === 'description') waiting = []
      send(message)
    },
    retry() {
      attempt = 0
      if (timer !== undefined) flush()
    },
  }
}

function isObsolete({ seq }: Signal, waiting: Signal[]): boolean {
  return waiting.some((other) => other.body.kind === 'description' && other.seq > seq)
}
