/**
 * Pictures as three planes of bytes, as cameras deliver and encoders take them: brightness, and two of colour at half the
 * width and height. Painting in these needs no canvas: Chromium keeps what is drawn on one for a while, up to half a gigabyte.
 */
import type { Rect } from './scene.ts'

/** One plane, or every second byte of one in which two alternate (NV12). */
export interface Plane {
  bytes: Uint8Array
  /** Where its first byte stands, bytes from one row to the next, and from one value to the next. */
  offset: number
  stride: number
  step: number
}

/** Brightness, blue, red. */
export type Planes = readonly [Plane, Plane, Plane]

/** A black picture; width and height are even. */
export function blackPicture(width: number, height: number): { planes: Planes, bytes: Uint8Array<ArrayBuffer> } {
  const bytes = new Uint8Array(width * height * 1.5).fill(128)
  bytes.fill(16, 0, width * height)
  const colour = (index: number): Plane => ({ bytes, offset: width * height * (1 + index / 4), stride: width / 2, step: 1 })
  return { bytes, planes: [{ bytes, offset: 0, stride: width, step: 1 }, colour(0), colour(1)] }
}

/** Paints a part of one picture into a part of another, larger or smaller. Odd edges are moved to even ones. */
export function paintPlanes(source: Planes, from: Rect, target: Planes, to: Rect): void {
  const [wide, place] = [evenRect(from), evenRect(to)]
  if (wide.width < 2 || wide.height < 2 || place.width < 2 || place.height < 2) return
  scale(source[0], wide, target[0], place)
  scale(source[1], halved(wide), target[1], halved(place))
  scale(source[2], halved(wide), target[2], halved(place))
}

/** Paints pixels of red, green, blue and opacity, which is not looked at. */
export function paintPixels(pixels: Uint8ClampedArray, width: number, target: Planes, to: Rect): void {
  const { x: left, y: top, width: across, height: down } = evenRect(to)
  const [light, blue, red] = target
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      const at = (y * width + x) * 4
      const [r = 0, g = 0, b = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]]
      light.bytes[light.offset + (top + y) * light.stride + left + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b
      if (((x | y) & 1) === 1) continue
      const half = ((top + y) >> 1) * blue.stride + ((left + x) >> 1)
      blue.bytes[blue.offset + half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b
      red.bytes[red.offset + half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b
    }
  }
}

/** So that a value of colour belongs to it alone. */
export function evenRect({ x, y, width, height }: Rect): Rect {
  const even = (value: number): number => Math.floor(value / 2) * 2
  return { x: even(x), y: even(y), width: even(width), height: even(height) }
}

function halved({ x, y, width, height }: Rect): Rect {
  return { x: x / 2, y: y / 2, width: width / 2, height: height / 2 }
}

/** Where a value is read for each column or row, and a second time beside it where several are made one. */
function steps(from: number, length: number, count: number, unit: number): { first: Int32Array, second: Int32Array } {
  const ratio = length / count
  const first = new Int32Array(count)
  const second = new Int32Array(count)
  for (let index = 0; index < count; index += 1) {
    const begin = Math.floor(index * ratio + (ratio > 1 ? ratio / 4 : ratio / 2))
    const end = ratio > 1 ? Math.floor(index * ratio + ratio * 0.75) : begin
    first[index] = (from + Math.min(length - 1, begin)) * unit
    second[index] = (from + Math.min(length - 1, end)) * unit
  }
  return { first, second }
}

function scale(source: Plane, from: Rect, target: Plane, to: Rect): void {
  const isCopy = from.width === to.width && from.height === to.height && source.step === 1
  if (isCopy) return copy(source, from, target, to)
  const columns = steps(from.x, from.width, to.width, source.step)
  const rows = steps(from.y, from.height, to.height, source.stride)
  const { bytes: input, offset } = source
  const output = target.bytes
  for (let y = 0; y < to.height; y += 1) {
    const upper = offset + (rows.first[y] ?? 0)
    const lower = offset + (rows.second[y] ?? 0)
    let out = target.offset + (to.y + y) * target.stride + to.x
    for (let x = 0; x < to.width; x += 1) {
      const left = columns.first[x] as number
      const right = columns.second[x] as number
      output[out] = ((input[upper + left] as number) + (input[upper + right] as number) + (input[lower + left] as number) + (input[lower + right] as number) + 2) >> 2
      out += 1
    }
  }
}

function copy(source: Plane, from: Rect, target: Plane, to: Rect): void {
  for (let y = 0; y < to.height; y += 1) {
    const start = source.offset + (from.y + y) * source.stride + from.x
    target.bytes.set(source.bytes.subarray(start, start + to.width), target.offset + (to.y + y) * target.stride + to.x)
  }
}
