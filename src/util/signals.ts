/** The one way state is held: owners keep a `Signal`, everyone else is handed a `ReadonlySignal`. */
export { batch, computed, effect, signal, untracked } from '@preact/signals-core'
export type { ReadonlySignal, Signal } from '@preact/signals-core'
