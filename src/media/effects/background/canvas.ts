import type { ViewSize } from '../../../wire/message.ts'

/** The canvas's 2D context; throws where the browser has none to give. */
export function context2d(canvas: OffscreenCanvas, settings?: CanvasRenderingContext2DSettings): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings)
  if (context === null) throw new Error('no 2D context')
  return context
}

/** Gives the canvas this size, and tells whether it had another. */
export function fit(canvas: OffscreenCanvas, { width, height }: ViewSize): boolean {
  if (canvas.width === width && canvas.height === height) return false
  canvas.width = width
  canvas.height = height
  return true
}

/** The size within `maxHeight` on the shorter side, and even on both, which encoders like best. */
export function sizeWithin({ width, height }: ViewSize, maxHeight: number): ViewSize {
  const scale = Math.min(1, maxHeight / Math.min(width, height))
  const even = (pixels: number): number => Math.max(2, 2 * Math.round(pixels * scale / 2))
  return { width: even(width), height: even(height) }
}
