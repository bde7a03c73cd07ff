import type { ViewSize } from '../../room/views.ts'
import { signal } from '../../util/signals.ts'

/** Sizes in device pixels at which somebody's videos are seen. */
export interface SeenSizes {
  camera: ViewSize
  screen: ViewSize
}

/**
 * By peer: what is seen outside of the page, in a small window of its own, which is there when the page is hidden. Its
 * senders should go on.
 */
export const seenElsewhere = signal<ReadonlyMap<string, SeenSizes>>(new Map())
