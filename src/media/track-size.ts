import { signal, type Signal } from '../util/signals.ts'
import type { ViewSize } from '../wire/message.ts'

const told = new WeakMap<MediaStreamTrack, Signal<ViewSize>>()

/** Notes the size of pictures that we make ourselves: the browser tells nothing about their track, nor of changes. */
export function tellSize(track: MediaStreamTrack, size: ViewSize): void {
  const known = told.get(track)
  if (known === undefined) told.set(track, signal(size))
  else if (known.peek().width !== size.width || known.peek().height !== size.height) known.value = size
}

/** The size of a track's pictures, followed by whoever reads it in an effect where it was told; null without a track. */
export function sizeOf(track: MediaStreamTrack | null): ViewSize | null {
  if (track === null) return null
  const { width = 1280, height = 720 } = told.get(track)?.value ?? track.getSettings()
  return { width, height }
}
