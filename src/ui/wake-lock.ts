import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { SerialQueue } from '../util/serial-queue.ts'

const log = createLog('ui')

/**
 * Keeps the screen from going dark until the lifetime ends, where the browser can. The system takes the lock away whenever
 * the page is hidden, so it is asked for again when it is seen. https://www.w3.org/TR/screen-wake-lock/
 */
export function keepAwake({ signal }: Lifetime): void {
  if (!('wakeLock' in navigator)) return
  let lock: WakeLockSentinel | undefined
  const acquire = async (): Promise<void> => {
    if (document.hidden || lock?.released === false) return
    try {
      lock = await navigator.wakeLock.request('screen')
      if (signal.aborted) await lock.release()
    } catch (error) {
      // Refused while the battery is low: the call goes on, and the screen may go dark.
      log.debug('the screen may go dark', error)
    }
  }
  // One after the other: of two locks the first would be forgotten and never given back.
  const queue = new SerialQueue(signal)
  document.addEventListener('visibilitychange', () => void queue.run(acquire), { signal })
  onAbort(signal, () => void lock?.release())
  void queue.run(acquire)
}
