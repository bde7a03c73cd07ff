/** What stands in for a picture, and the name on each: drawn on a canvas of any kind. */
import type { Cell, Rect } from './scene.ts'

export interface Card extends Cell {
  name: string
  initials: string
  hue: number
  /** Whether pictures come, or the card is all there is. */
  live: boolean
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const TILE = '#222926'
const FONT = 'system-ui, sans-serif'

/** Draws a card with initials. */
export function drawCard(context: Context, card: Card, place: Rect): void {
  fill(context, place, TILE)
  const radius = Math.min(place.width, place.height) * 0.2
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2]
  context.fillStyle = `hsl(${card.hue} 38% 35%)`
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#ffffff'
  context.font = `600 ${Math.round(radius * 0.8)}px ${FONT}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(card.initials, x, y)
}

/** Where the name stands on a picture in this place. */
export function nameRect(context: Context, name: string, place: Rect): Rect {
  const size = fontSize(place)
  context.font = `500 ${size}px ${FONT}`
  const width = Math.min(place.width - 2 * size, context.measureText(name).width) + size
  return { x: place.x + Math.round(size * 0.5), y: place.y + place.height - Math.round(size * 2.2), width: Math.round(width), height: Math.round(size * 1.7) }
}

/** Draws a name into its place. */
export function drawName(context: Context, name: string, place: Rect, at: Rect): void {
  const size = fontSize(place)
  fill(context, at, '#1a201d')
  context.font = `500 ${size}px ${FONT}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  context.fillStyle = '#f3f6f4'
  context.fillText(name, at.x + size * 0.5, at.y + at.height / 2, at.width - size)
}

export function fill(context: Context, { x, y, width, height }: Rect, colour: string): void {
  context.fillStyle = colour
  context.fillRect(x, y, width, height)
}

function fontSize({ height }: Rect): number {
  return Math.max(12, Math.round(height / 24))
}
