import { onAbort, type Lifetime } from '../../util/abort.ts'
import { insertable, type Insertable } from './insertable.ts'
import type { Card } from './cards.ts'
import type { PictureMessage } from './picture-worker.ts'
import type { RecordedPerson } from './types.ts'
import { windowPicture } from './window-picture.ts'

/** Size and rate of a recorded picture. */
export interface PictureFormat {
  width: number
  height: number
  framesPerSecond: number
}

/** One track with everybody's pictures in it. */
export interface Picture {
  readonly track: MediaStreamTrack
  /** Shows these people and nobody else, with the tracks that they have now. */
  show(people: readonly RecordedPerson[]): void
}

export interface PictureLifetime extends Lifetime {
  /** The worker does not paint any more, or never did. */
  onFailure: (error: unknown) => void
}

/** Something that paints cards, and of each live one the frames of a track. */
export interface Painting {
  readonly track: MediaStreamTrack
  cards(cards: Card[]): void
  follow(id: string, track: MediaStreamTrack): void
  forget(id: string): void
}

/** Starts to paint; ends with its signal. Not at the page's pace where a worker can, so that a hidden tab goes on. */
export function createPicture(format: PictureFormat, lifetime: PictureLifetime): Picture {
  const frames = insertable()
  const painting = frames === null ? windowPicture(format, lifetime) : workerPicture(frames, format, lifetime)
  const followed = new Map<string, MediaStreamTrack>()
  let shown = ''
  return {
    track: painting.track,
    show(people) {
      const cells = people.flatMap(cellsOf)
      const text = JSON.stringify(cells.map(({ card }) => card))
      // First who is no longer shown stops being painted, then the others begin.
      if (text !== shown) painting.cards(cells.map(({ card }) => card))
      shown = text
      const wanted = new Map(cells.flatMap(({ card, track }) => track === null ? [] : [[card.id, track] as const]))
      for (const id of followed.keys()) {
        if (wanted.has(id)) continue
        followed.delete(id)
        painting.forget(id)
      }
      for (const [id, track] of wanted) {
        if (followed.get(id) === track) continue
        followed.set(id, track)
        painting.follow(id, track)
      }
    },
  }
}

function cellsOf({ key, name, initials, hue, camera, screen }: RecordedPerson): { card: Card, track: MediaStreamTrack | null }[] {
  const face = { card: { id: `${key} camera`, kind: 'camera', name, initials, hue, live: camera !== null } as const, track: camera }
  if (screen === null) return [face]
  return [{ card: { id: `${key} screen`, kind: 'screen', name, initials, hue, live: true }, track: screen }, face]
}

function workerPicture(frames: Insertable, { width, height, framesPerSecond }: PictureFormat, { signal, onFailure }: PictureLifetime): Painting {
  const worker = new Worker(new URL('./picture-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', ({ message }) => onFailure(new Error(`nothing is painted: ${message}`)), { signal })
  const { track, writable } = frames.newTrack()
  const tell = (message: PictureMessage, transfer: Transferable[] = []): void => worker.postMessage(message, { transfer })
  tell({ kind: 'start', width, height, framesPerSecond, out: writable }, [writable])
  onAbort(signal, () => {
    tell({ kind: 'stop' })
    track.stop()
  })
  return {
    track,
    cards: (cards) => tell({ kind: 'show', cards }),
    forget: (id) => tell({ kind: 'forget', id }),
    follow(id, source) {
      const readable = frames.framesOf(source)
      tell({ kind: 'frames', id, frames: readable }, [readable])
    },
  }
}
