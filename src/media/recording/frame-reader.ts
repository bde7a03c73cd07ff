import type { Plane, Planes } from './planes.ts'
import type { PlanePainter } from './plane-painter.ts'
import { fit } from './scene.ts'

/** A frame's format in the W3C's words, and how it is turned, where a browser tells. */
type Frame = VideoFrame & { readonly rotation?: number }

/** Gives frames of one track to a painter, one after the other. */
export class FrameReader {
  readonly #painter: PlanePainter
  readonly #id: string
  #bytes = new Uint8Array()
  #canvas: OffscreenCanvasRenderingContext2D | null = null

  constructor(painter: PlanePainter, id: string) {
    this.#painter = painter
    this.#id = id
  }

  /** Paints a frame, unless it must not be seen any more once it is read, or cannot be read. The caller closes it. Never rejects. */
  async paint(frame: Frame, isWanted: () => boolean): Promise<void> {
    try {
      await this.#paint(frame, isWanted)
    } catch {
      // Its memory may be gone, with a graphics process that has ended say. One picture is missed; the track goes on.
    }
  }

  async #paint(frame: Frame, isWanted: () => boolean): Promise<void> {
    const { format, visibleRect } = frame
    if ((format !== 'I420' && format !== 'NV12') || (frame.rotation ?? 0) !== 0 || visibleRect === null) return this.#draw(frame)
    const size = frame.allocationSize()
    if (this.#bytes.length < size) this.#bytes = new Uint8Array(size)
    const layout = await frame.copyTo(this.#bytes)
    if (isWanted()) this.#painter.paint(this.#id, planesOf(this.#bytes, layout, format), visibleRect.width, visibleRect.height)
  }

  /** Frames of other kinds, such as those that lie in the memory of a graphics processor, are rare and go the long way. */
  #draw(frame: Frame): void {
    const place = this.#painter.placeOf(this.#id)
    if (place === undefined) return
    const canvas = this.#canvas?.canvas
    if (canvas?.width !== place.width || canvas.height !== place.height) {
      this.#canvas = new OffscreenCanvas(place.width, place.height).getContext('2d', { alpha: false, willReadFrequently: true })
    }
    const context = this.#canvas
    if (context === null) return
    const { from, to } = fit({ width: frame.displayWidth, height: frame.displayHeight }, { ...place, x: 0, y: 0 }, this.#id.endsWith('screen') ? 'screen' : 'camera')
    // What a screen of another shape has left.
    context.clearRect(0, 0, place.width, place.height)
    context.drawImage(frame, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height)
    this.#painter.paintPixels(this.#id, context.getImageData(0, 0, place.width, place.height).data)
  }
}

function planesOf(bytes: Uint8Array, layout: readonly PlaneLayout[], format: 'I420' | 'NV12'): Planes {
  const plane = (index: number, step = 1, shift = 0): Plane => {
    const { offset = 0, stride = 0 } = layout[index] ?? {}
    return { bytes, offset: offset + shift, stride, step }
  }
  return format === 'I420' ? [plane(0), plane(1), plane(2)] : [plane(0), plane(1, 2), plane(1, 2, 1)]
}
