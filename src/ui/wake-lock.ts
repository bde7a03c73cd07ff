import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'

const log = createLog('ui')

/**
 * Keeps the screen from going dark until the lifetime ends, where the browser can. The system takes the lock away whenever
 * the page is hidden, so it is asked for again when it is seen. https://www.w3.org/TR/screen-wake-lock/
 */
export function keepAwake({ signal }: Lifetime): void {
  if (!('wakeLock' in navigator)) return
  let lock: WakeLockSentinel | undefined
  const acquire = async (): Promise<void> => {
    if (document.hidden || signal.aborted || lock?.released === false) return
    try {
      const acquired = await navigator.wakeLock.request('screen')
      if (signal.aborted) return await acquired.release()
      lock = acquired
    } catch (error) {
      // Refused while the battery is low: the call goes on, and the screen may go dark.
      log.debug('the screen may go dark', error)
    }
  }
  document.addEventListener('visibilitychange', () => void acquire(), { signal })
  onAbort(signal, () => void lock?.release())
  void acquire()
}
