import type { ReadonlySignal } from '../../util/signals.ts'
import type { BackgroundChoice, EffectErrorCode } from '../types.ts'

/** How an engine is doing. `waiting`: ready, but the browser does not let it run before somebody touches the page. */
export type EngineState = { phase: 'starting' | 'waiting' | 'on' } | { phase: 'failed', error: EffectErrorCode }

/** A background, and how often the person's own picture has changed: a new one is another background under the same name. */
export interface BackgroundWish {
  choice: BackgroundChoice
  picture: number
}

/** What turns captured sound or picture into what is sent. Loaded when first wanted; closed by whoever opened it. */
export interface Engine {
  /** What came of the input: the same track for as long as the engine lives, whatever device its input is. */
  readonly stream: MediaStream
  /** A failed engine stays so. */
  readonly state: ReadonlySignal<EngineState>
  /** Goes over to another device without a gap. The input is not the engine's to stop. */
  input(stream: MediaStream): void
  close(): void
}
