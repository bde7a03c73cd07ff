import { onAbort, type Lifetime } from './abort.ts'
import { createLog } from './log.ts'
import { effect, type ReadonlySignal } from './signals.ts'

const log = createLog('reconcile')

/**
 * Makes the world follow a signal: calls `apply` with its value now and after every change, one call at a time.
 * Values that were replaced while a call ran are skipped, so the last one always ends applied.
 * A rejected call is logged and does not stop the following; ends when its signal aborts.
 */
export function reconcile<T>(source: ReadonlySignal<T>, apply: (value: T) => Promise<void>, { signal }: Lifetime): void {
  let wanted = source.peek()
  let version = 0
  let running = false

  const run = async (): Promise<void> => {
    running = true
    let applied = 0
    while (applied !== version && !signal.aborted) {
      applied = version
      try {
        await apply(wanted)
      } catch (error) {
        log.debug('could not apply a value', error)
      }
    }
    running = false
  }

  if (signal.aborted) return
  const stop = effect(() => {
    wanted = source.value
    version++
    // `apply` may read signals before its first await; called from a microtask those reads do not join this effect.
    if (!running) queueMicrotask(() => { if (!running) void run() })
  })
  onAbort(signal, stop)
}
