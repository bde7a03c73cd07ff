import type { ViewSize } from '../../../wire/message.ts'
import { blurred } from './blur.ts'
import { letGo, type Background } from './messages.ts'
import { context2d, fit } from './canvas.ts'
import { paintScene } from './scenes.ts'

/** Puts pictures together: the person from the camera, and around it something else. */
export class Compositor {
  readonly #canvas = new OffscreenCanvas(1, 1)
  readonly #context = context2d(this.#canvas)
  #background: Background
  /** A background that does not move, at the size of the pictures. */
  #still: OffscreenCanvas | null = null

  constructor(background: Background) {
    this.#background = background
  }

  set background(background: Background) {
    if (this.#background !== background) letGo(this.#background)
    this.#background = background
    this.#still = null
  }

  /** The picture at this size, `outline` being where the person is; the same canvas each time. */
  compose(frame: VideoFrame, outline: OffscreenCanvas, { width, height }: ViewSize): OffscreenCanvas {
    const context = this.#context
    if (fit(this.#canvas, { width, height })) this.#still = null
    context.globalCompositeOperation = 'copy'
    context.drawImage(outline, 0, 0, width, height)
    context.globalCompositeOperation = 'source-in'
    context.drawImage(frame, 0, 0, width, height)
    context.globalCompositeOperation = 'destination-over'
    context.drawImage(this.#behind(frame, { width, height }), 0, 0, width, height)
    return this.#canvas
  }

  #behind(frame: VideoFrame, size: ViewSize): OffscreenCanvas {
    if (this.#background.kind === 'blur') return blurred(frame, size, this.#background.strong)
    return this.#still ??= this.#paint(size)
  }

  #paint({ width, height }: ViewSize): OffscreenCanvas {
    const canvas = new OffscreenCanvas(width, height)
    const context = context2d(canvas)
    if (this.#background.kind === 'scene') paintScene(context, this.#background.name, { width, height })
    if (this.#background.kind === 'picture') cover(context, this.#background.bitmap, { width, height })
    return canvas
  }
}

/** Draws a picture so that it fills the size, and what does not fit is cut off on both sides alike. */
function cover(context: OffscreenCanvasRenderingContext2D, bitmap: ImageBitmap, { width, height }: ViewSize): void {
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const [w, h] = [bitmap.width * scale, bitmap.height * scale]
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h)
}
