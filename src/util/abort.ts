/** Options of anything long-lived: it undoes everything it did when `signal` aborts. */
export interface Lifetime {
  signal: AbortSignal
}

/**
 * Runs `cleanup` once when `signal` aborts, or at once when it already has.
 */
export function onAbort(signal: AbortSignal, cleanup: () => void): void {
  if (signal.aborted) cleanup()
  else signal.addEventListener('abort', cleanup, { once: true })
}

/**
 * A controller that aborts with its parent, and can be aborted earlier on its own.
 * Aborting the child also removes its listener from the parent.
 */
export function childController(parent: AbortSignal): AbortController {
  const child = new AbortController()
  if (parent.aborted) {
    child.abort(parent.reason)
    return child
  }
  parent.addEventListener('abort', () => child.abort(parent.reason), { once: true, signal: child.signal })
  return child
}

/**
 * A signal that aborts with `parent` or after `ms` milliseconds, and a `done` that releases the timer.
 */
export function withTimeout(parent: AbortSignal, ms: number): { signal: AbortSignal, done: () => void } {
  const child = childController(parent)
  const timer = setTimeout(() => child.abort(new DOMException('timed out', 'TimeoutError')), ms)
  const release = (): void => clearTimeout(timer)
  child.signal.addEventListener('abort', release, { once: true })
  return { signal: child.signal, done: () => { release(); child.abort() } }
}

/** Resolves after `ms` milliseconds, or at once when `signal` aborts; never rejects. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
  })
}
