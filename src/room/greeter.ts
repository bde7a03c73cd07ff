import { onAbort, type Lifetime } from '../util/abort.ts'
import { HELLO_INTERVAL_MS } from '../wire/index.ts'
import { TokenBucket } from '../util/token-bucket.ts'
import type { Rate } from '../util/token-bucket.ts'

/** The first moments of a join make several audiences in a row, and each of them deserves a hello without waiting. */
const HELLO_RATE: Rate = { perSecond: 1, burst: 4 }

/** So much of the interval is left to chance, or the members of a room would speak in chorus. */
const JITTER = 0.3

export interface GreeterOptions extends Lifetime {
  /** Broadcasts a hello. */
  greet: () => void
  now: () => number
}

/** Decides when hello is said: on request, and again and again as a heartbeat. */
export interface Greeter {
  /** Says hello now, or as soon as the rate allows; requests in between become one. */
  request(): void
}

/** Says the first hello at once; silent after its signal aborts. */
export function createGreeter({ greet, now, signal }: GreeterOptions): Greeter {
  const bucket = new TokenBucket(HELLO_RATE, now())
  let heartbeat: ReturnType<typeof setTimeout> | undefined
  let coalesced: ReturnType<typeof setTimeout> | undefined
  onAbort(signal, () => {
    clearTimeout(heartbeat)
    clearTimeout(coalesced)
  })

  const request = (): void => {
    if (signal.aborted || coalesced !== undefined) return
    if (bucket.take(1, now())) say()
    else coalesced = setTimeout(() => { coalesced = undefined; request() }, bucket.waitMs(1, now()))
  }
  const say = (): void => {
    clearTimeout(heartbeat)
    heartbeat = setTimeout(request, HELLO_INTERVAL_MS * (1 - JITTER * Math.random()))
    greet()
  }
  request()
  return { request }
}
