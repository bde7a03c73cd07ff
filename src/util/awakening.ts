import { onAbort, type Lifetime } from './abort.ts'

/** How often the clock is read, milliseconds; a page in the background is let run once a second, and outside a call once a minute. */
const LOOK_MS = 500
/** A clock that has moved on this much further than expected, milliseconds, did so while the machine slept. */
const SLEEP_MS = 5_000

/** What there is of https://wicg.github.io/netinfo/: the kind of network, where the browser tells it. */
interface NetworkInformation extends EventTarget {
  type?: string
}

/**
 * Calls `back` whenever this machine may have lost its connections without a word: it was offline, it is on a network of
 * another kind, the page was frozen, or everything has slept. Ended by the signal.
 */
export function onAwakening(back: () => void, { signal }: Lifetime): void {
  addEventListener('online', back, { signal })
  document.addEventListener('resume', back, { signal })
  followNetworkType(back, signal)
  let lookedAt = Date.now()
  // The system's clock, since some browsers' monotonic one sleeps with the machine.
  const timer = setInterval(() => {
    const now = Date.now()
    const missedMs = now - lookedAt - LOOK_MS
    lookedAt = now
    if (missedMs > SLEEP_MS) back()
  }, LOOK_MS)
  onAbort(signal, () => clearInterval(timer))
}

/** The event also tells of every new estimate of speed, which is no change of network. */
function followNetworkType(back: () => void, signal: AbortSignal): void {
  const { connection } = navigator as Navigator & { connection?: NetworkInformation }
  let type = connection?.type
  connection?.addEventListener('change', () => {
    const before = type
    type = connection.type
    if (type !== before && type !== 'none') back()
  }, { signal })
}
