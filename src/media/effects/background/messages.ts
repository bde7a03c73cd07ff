import type { ViewSize } from '../../../wire/message.ts'
import type { EffectErrorCode, SceneName } from '../../types.ts'

/** What is to be put around the person. A picture belongs to the worker once it was sent. */
export type Background =
  | { kind: 'blur', strong: boolean }
  | { kind: 'scene', name: SceneName }
  | { kind: 'picture', bitmap: ImageBitmap }

/** Gives back the memory of a background that is not, or no longer, shown. */
export function letGo(background: Background | undefined): void {
  if (background?.kind === 'picture') background.bitmap.close()
}

/** From the page to the worker. Frames come and go by streams, so that the page's own thread touches none. */
export type ToWorker =
  | { type: 'start', background: Background, readable: ReadableStream<VideoFrame>, writable: WritableStream<VideoFrame> }
  | { type: 'input', readable: ReadableStream<VideoFrame> }
  | { type: 'background', background: Background }

/** From the worker to the page. */
export type FromWorker =
  /** Pictures of another size are coming, the first included. */
  | { type: 'size', size: ViewSize }
  /** The first picture with the background in it has been handed over. */
  | { type: 'on' }
  /** How it goes, every few seconds: the step of the pace, and milliseconds of work a frame. */
  | { type: 'pace', step: number, frameMs: number }
  | { type: 'failed', error: EffectErrorCode, reason: string }
