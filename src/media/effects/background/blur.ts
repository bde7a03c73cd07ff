import type { ViewSize } from '../../../wire/message.ts'
import { context2d, fit } from './canvas.ts'

/** How many pixels are made one, at a height of 720: faces stay people, or nothing can be read and nobody recognised. */
const LIGHT = 20
const STRONG = 40
const REFERENCE_HEIGHT = 720

const canvases = Array.from({ length: 4 }, () => new OffscreenCanvas(1, 1))

/**
 * The frame out of focus, at a quarter of the size. Made by shrinking and growing in steps, which costs a fraction of a
 * filter on all pixels, and which Safari can do as well. The same canvas each time.
 */
export function blurred(frame: VideoFrame, { width, height }: ViewSize, strong: boolean): OffscreenCanvas {
  const shrink = (strong ? STRONG : LIGHT) * Math.min(width, height) / REFERENCE_HEIGHT
  const scales = [4, Math.max(4, shrink), Math.max(4, shrink / 2), 4]
  let source: VideoFrame | OffscreenCanvas = frame
  for (const [index, canvas] of canvases.entries()) {
    const scale = scales[index] ?? 4
    const size = { width: Math.max(2, Math.round(width / scale)), height: Math.max(2, Math.round(height / scale)) }
    fit(canvas, size)
    const context = context2d(canvas)
    context.imageSmoothingQuality = index === 0 ? 'low' : 'medium'
    context.globalCompositeOperation = 'copy'
    context.drawImage(source, 0, 0, size.width, size.height)
    source = canvas
  }
  return source as OffscreenCanvas
}
