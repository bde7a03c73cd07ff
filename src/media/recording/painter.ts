import { drawCard, drawName, fill, nameRect, type Card, type Context } from './cards.ts'
import { fit, layOut, type Rect } from './scene.ts'

const BACKGROUND = '#0f1312'

/** Paints everybody's videos on a canvas of the page, where frames come to no worker. */
export class Painter {
  readonly #context: Context
  #cards = new Map<string, { card: Card, place: Rect }>()

  constructor(context: Context) {
    this.#context = context
    this.show([])
  }

  /** Shows these and nobody else. */
  show(cards: readonly Card[]): void {
    const { width, height } = this.#context.canvas
    const places = layOut(cards, width, height)
    fill(this.#context, { x: 0, y: 0, width, height }, BACKGROUND)
    this.#cards = new Map(cards.flatMap((card) => {
      const place = places.get(card.id)
      return place === undefined ? [] : [[card.id, { card, place }]]
    }))
    for (const { card, place } of this.#cards.values()) {
      drawCard(this.#context, card, place)
      this.#name(card.name, place)
    }
  }

  /** Paints a picture of one cell; nothing where that is not shown, or is a card. */
  paint(id: string, picture: CanvasImageSource, width: number, height: number): void {
    const { card, place } = this.#cards.get(id) ?? {}
    if (card === undefined || place === undefined || !card.live || width === 0 || height === 0) return
    const { from, to } = fit({ width, height }, place, card.kind)
    if (card.kind === 'screen') fill(this.#context, place, '#000000')
    this.#context.drawImage(picture, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height)
    this.#name(card.name, place)
  }

  #name(name: string, place: Rect): void {
    drawName(this.#context, name, place, nameRect(this.#context, name, place))
  }
}
