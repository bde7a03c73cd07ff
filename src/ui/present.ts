import { effect, type ReadonlySignal } from '../util/signals.ts'

/** Resolves with the first value of `source` that is not null. */
export function present<T>(source: ReadonlySignal<T | null>): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>()
  const stop = effect(() => {
    const value = source.value
    if (value !== null) resolve(value)
  })
  return promise.finally(stop)
}
