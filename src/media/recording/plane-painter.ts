import { drawCard, drawName, nameRect, type Card } from './cards.ts'
import { blackPicture, evenRect, paintPixels, paintPlanes, type Planes } from './planes.ts'
import { fit, layOut, type Rect } from './scene.ts'

/** Pixels of a card or a name, drawn once. */
interface Drawing {
  pixels: Uint8ClampedArray
  at: Rect
}

interface Painted {
  card: Card
  place: Rect
  name: Drawing
}

/** Paints frames of several tracks into one picture. Each is painted as it comes and not kept, so none waits here. */
export class PlanePainter {
  readonly width: number
  readonly height: number
  #picture: ReturnType<typeof blackPicture>
  #cells = new Map<string, Painted>()
  /** Whether anything was painted since this was last set to false. */
  changed = true

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.#picture = blackPicture(width, height)
  }

  /** The whole picture, I420. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#picture.bytes
  }

  /** Shows these and nobody else; who stays keeps the last picture until the next comes. */
  show(cards: readonly Card[]): void {
    const [before, earlier] = [this.#picture.planes, this.#cells]
    const places = layOut(cards, this.width, this.height)
    this.#picture = blackPicture(this.width, this.height)
    this.#cells = new Map()
    for (const card of cards) {
      const place = evenRect(places.get(card.id) ?? { x: 0, y: 0, width: 0, height: 0 })
      if (place.width === 0 || place.height === 0) continue
      const cell = { card, place, name: nameOf(card.name, place) }
      this.#cells.set(card.id, cell)
      const known = earlier.get(card.id)
      if (card.live && known?.card.live === true) paintPlanes(before, known.place, this.#picture.planes, place)
      else this.#draw(drawn(place, (context) => drawCard(context, card, { ...place, x: 0, y: 0 })))
      this.#draw(cell.name)
    }
    this.changed = true
  }

  /** The place of a cell in which pictures are shown; undefined where it is a card, or nothing. */
  placeOf(id: string): Rect | undefined {
    const cell = this.#cells.get(id)
    return cell?.card.live === true ? cell.place : undefined
  }

  /** Paints a frame of one cell; nothing where no pictures are shown. */
  paint(id: string, planes: Planes, width: number, height: number): void {
    const cell = this.#cells.get(id)
    if (cell?.card.live !== true) return
    const { from, to } = fit({ width, height }, cell.place, cell.card.kind)
    this.#blacken(cell, to)
    paintPlanes(planes, from, this.#picture.planes, to)
    this.#draw(cell.name)
  }

  /** The same for pixels of the size of the cell's place. */
  paintPixels(id: string, pixels: Uint8ClampedArray): void {
    const cell = this.#cells.get(id)
    if (cell?.card.live !== true || pixels.length < cell.place.width * cell.place.height * 4) return
    this.#draw({ pixels, at: cell.place })
    this.#draw(cell.name)
  }

  /** What a picture leaves free of its place; of a screen, which may have another shape than the one before. */
  #blacken({ card, place }: Painted, picture: Rect): void {
    if (card.kind === 'camera' || (place.width - picture.width < 4 && place.height - picture.height < 4)) return
    const black = blackPicture(2, 2)
    paintPlanes(black.planes, { x: 0, y: 0, width: 2, height: 2 }, this.#picture.planes, place)
  }

  #draw({ pixels, at }: Drawing): void {
    paintPixels(pixels, at.width, this.#picture.planes, at)
    this.changed = true
  }
}

function nameOf(name: string, place: Rect): Drawing {
  const context = canvasOf(2, 2)
  const at = evenRect(nameRect(context, name, place))
  return drawn(at, (within) => drawName(within, name, place, { ...at, x: 0, y: 0 }))
}

function drawn(at: Rect, draw: (context: OffscreenCanvasRenderingContext2D) => void): Drawing {
  const context = canvasOf(at.width, at.height)
  draw(context)
  return { at, pixels: context.getImageData(0, 0, at.width, at.height).data }
}

function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(Math.max(2, width), Math.max(2, height)).getContext('2d', { alpha: false, willReadFrequently: true })
  if (context === null) throw new DOMException('no canvas', 'NotSupportedError')
  return context
}
