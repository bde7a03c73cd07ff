import type { ViewSize } from '../../../wire/message.ts'
import type { SceneName } from '../../types.ts'

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D
type Paint = (context: Context, size: ViewSize) => void

const SCENES: Record<SceneName, Paint> = { studio, dawn, hills, evening }

/** Paints a background that needs no download. Nothing in it draws the eye away from the person before it. */
export function paintScene(context: Context, name: SceneName, size: ViewSize): void {
  SCENES[name](context, size)
}

/** A wall with a soft light on it. */
function studio(context: Context, { width, height }: ViewSize): void {
  const light = context.createRadialGradient(width * 0.5, height * 0.4, 0, width * 0.5, height * 0.4, width * 0.65)
  light.addColorStop(0, '#7d8b93')
  light.addColorStop(0.55, '#4b575e')
  light.addColorStop(1, '#252d32')
  fill(context, { width, height }, light)
}

/** A sky before sunrise. */
function dawn(context: Context, { width, height }: ViewSize): void {
  fill(context, { width, height }, slope(context, height, ['#5f7fa8', '#b9b5c9', '#f0c9b0', '#f6ddb8']))
  const sun = context.createRadialGradient(width * 0.74, height * 0.78, 0, width * 0.74, height * 0.78, width * 0.42)
  sun.addColorStop(0, 'rgb(255 236 196 / 90%)')
  sun.addColorStop(1, 'rgb(255 236 196 / 0%)')
  fill(context, { width, height }, sun)
}

/** Ranges of hills, paler with distance. */
function hills(context: Context, { width, height }: ViewSize): void {
  fill(context, { width, height }, slope(context, height, ['#a9c7d8', '#dfeae6', '#eef2e4']))
  for (const [index, colour] of ['#b4ccc4', '#8fb3a4', '#5f8d7a', '#3c6b58'].entries()) {
    const base = height * (0.5 + index * 0.13)
    context.beginPath()
    context.moveTo(0, height)
    for (let x = 0; x <= width; x += width / 96) {
      const along = x / width * Math.PI
      context.lineTo(x, base - height * (0.07 * Math.sin(along * (1.3 + index * 0.7) + index * 2) + 0.03 * Math.sin(along * (4 + index) + index)))
    }
    context.lineTo(width, height)
    context.fillStyle = colour
    context.fill()
  }
}

/** Lights of a town, out of focus. */
function evening(context: Context, { width, height }: ViewSize): void {
  fill(context, { width, height }, slope(context, height, ['#141d33', '#24304f', '#3a3550']))
  for (let index = 0; index < 44; index++) {
    // A fixed scatter: the golden ratio spreads the lights evenly without a pattern.
    const [x, y] = [(index * 0.618034) % 1 * width, (0.3 + (index * 0.754878) % 1 * 0.7) * height]
    context.beginPath()
    context.arc(x, y, height * (0.015 + (index * 7 % 11) * 0.004), 0, 2 * Math.PI)
    context.fillStyle = `hsl(${[38, 28, 48, 205, 12][index % 5]} 80% 66% / ${12 + index * 5 % 22}%)`
    context.fill()
  }
}

function slope(context: Context, height: number, colours: readonly string[]): CanvasGradient {
  const gradient = context.createLinearGradient(0, 0, 0, height)
  for (const [index, colour] of colours.entries()) gradient.addColorStop(index / (colours.length - 1), colour)
  return gradient
}

function fill(context: Context, { width, height }: ViewSize, style: CanvasGradient): void {
  context.fillStyle = style
  context.fillRect(0, 0, width, height)
}
