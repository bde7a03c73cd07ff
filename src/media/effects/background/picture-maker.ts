import type { ViewSize } from '../../../wire/message.ts'
import { sizeWithin } from './canvas.ts'
import { Compositor } from './compositor.ts'
import type { Background, FromWorker } from './messages.ts'
import { Outline } from './outline.ts'
import { FIRST_PACE, STEPS, nextPace, type Pace, type PaceSample, type Step } from './pace.ts'
import type { Segmenter } from './segmenter.ts'

/** How often it is decided whether the machine keeps up, milliseconds. */
const DECISION_MS = 3_000
/** A frame that comes this much of a frame's time too early is taken all the same: cameras do not keep step exactly. */
const EARLY = 0.3

/** Makes, of each frame of the camera, one with another background, and gives way when that takes too long. */
export class PictureMaker {
  readonly #outline: Outline
  readonly #compositor: Compositor
  readonly #report: (message: FromWorker) => void
  #pace: Pace = FIRST_PACE
  #sample: PaceSample = { elapsedMs: 0, workMs: 0, frames: 0 }
  #sampledAt = performance.now()
  #sinceMask = 0
  #lastTimestamp = -Infinity
  #size: ViewSize = { width: 0, height: 0 }

  constructor(segmenter: Segmenter, background: Background, report: (message: FromWorker) => void) {
    this.#outline = new Outline(segmenter)
    this.#compositor = new Compositor(background)
    this.#report = report
  }

  set background(background: Background) { this.#compositor.background = background }

  /** The new frame, for the caller to close, at the time of the old one; undefined where one is left out. Rejects when the model fails. */
  async make(frame: VideoFrame, isFirst: boolean): Promise<VideoFrame | undefined> {
    const step = STEPS[this.#pace.step] ?? STEPS[0] as Step
    // Where somebody was before another camera, there may be a piece of the room now.
    if (isFirst) this.#forget()
    if (!this.#isDue(frame, step)) return undefined
    const begun = performance.now()
    if (this.#sinceMask++ % step.maskEvery === 0) await this.#outline.look(frame)
    const size = sizeWithin({ width: frame.displayWidth, height: frame.displayHeight }, step.maxHeight)
    const canvas = this.#compositor.compose(frame, this.#outline.canvas, size)
    const made = new VideoFrame(canvas, { timestamp: frame.timestamp, alpha: 'discard', ...frame.duration !== null && { duration: frame.duration } })
    if (size.width !== this.#size.width || size.height !== this.#size.height) this.#report({ type: 'size', size })
    this.#size = size
    this.#decide(performance.now(), begun)
    return made
  }

  #forget(): void {
    this.#outline.forget()
    this.#sinceMask = 0
    this.#lastTimestamp = -Infinity
  }

  #isDue({ timestamp }: VideoFrame, { framesPerSecond }: Step): boolean {
    const sinceMs = (timestamp - this.#lastTimestamp) / 1000
    // Another camera may count from another beginning.
    if (sinceMs >= 0 && sinceMs < (1 - EARLY) * 1000 / framesPerSecond) return false
    this.#lastTimestamp = timestamp
    return true
  }

  #decide(now: number, begun: number): void {
    const { workMs, frames } = this.#sample
    this.#sample = { elapsedMs: now - this.#sampledAt, workMs: workMs + now - begun, frames: frames + 1 }
    if (this.#sample.elapsedMs < DECISION_MS) return
    const pace = nextPace(this.#pace, this.#sample)
    this.#report({ type: 'pace', step: this.#pace.step, frameMs: this.#sample.workMs / this.#sample.frames })
    this.#sample = { elapsedMs: 0, workMs: 0, frames: 0 }
    this.#sampledAt = now
    if (pace === null) this.#report({ type: 'failed', error: 'effect-too-slow', reason: '' })
    else this.#pace = pace
  }
}
