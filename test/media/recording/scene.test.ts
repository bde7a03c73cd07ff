import { describe, expect, test } from 'vitest'
import { MAX_PARTICIPANTS } from '../../../src/room/roster.ts'
import { blackPicture, paintPixels, paintPlanes, type Planes } from '../../../src/media/recording/planes.ts'
import { fit, layOut, type Cell, type Rect } from '../../../src/media/recording/scene.ts'

const cameras = (count: number): Cell[] => Array.from({ length: count }, (_, index) => ({ id: `face-${index}`, kind: 'camera' }))
const screen: Cell = { id: 'screen', kind: 'screen' }
const area = ({ width, height }: Rect): number => width * height
const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('a recorded picture', () => {
  test.each([1, 2, 3, 4, 5, 8, 9, 1 + MAX_PARTICIPANTS])('has room for %i people, side by side and of one size', (count) => {
    for (const cells of [cameras(count), [...cameras(count), screen], [...cameras(count), screen, { ...screen, id: 'another' }]]) {
      const places = [...layOut(cells, 1280, 720).values()]
      expect(places).toHaveLength(cells.length)
      for (const place of places) {
        expect(place.x).toBeGreaterThanOrEqual(0)
        expect(place.y).toBeGreaterThanOrEqual(0)
        expect(place.x + place.width).toBeLessThanOrEqual(1280)
        expect(place.y + place.height).toBeLessThanOrEqual(720)
        expect(place.width).toBeGreaterThan(40)
        expect(places.filter((other) => other !== place && overlap(place, other))).toEqual([])
      }
    }
  })

  test('is filled by one person, and shared by two side by side', () => {
    expect(layOut(cameras(1), 1280, 720).get('face-0')).toEqual({ x: 0, y: 0, width: 1280, height: 720 })
    const [left, right] = [...layOut(cameras(2), 1280, 720).values()]
    expect(left?.y).toBe(right?.y)
  })

  test('gives a screen most of its room', () => {
    const places = layOut([...cameras(4), screen], 1280, 720)
    expect(area(places.get('screen') ?? { x: 0, y: 0, width: 0, height: 0 })).toBeGreaterThan(1280 * 720 * 0.5)
  })

  test('cuts faces to their place, and shows screens whole', () => {
    const place = { x: 0, y: 0, width: 160, height: 90 }
    expect(fit({ width: 100, height: 100 }, place, 'camera')).toEqual({ from: { x: 0, y: 21.875, width: 100, height: 56.25 }, to: place })
    expect(fit({ width: 100, height: 100 }, place, 'screen')).toEqual({ from: { x: 0, y: 0, width: 100, height: 100 }, to: { x: 35, y: 0, width: 90, height: 90 } })
  })
})

/** The values at a place of a picture. */
function valuesAt([light, blue, red]: Planes, x: number, y: number): (number | undefined)[] {
  const half = (y >> 1) * blue.stride + (x >> 1)
  return [light.bytes[light.offset + y * light.stride + x], blue.bytes[blue.offset + half], red.bytes[red.offset + half]]
}

describe('painting in planes', () => {
  const whole = (width: number, height: number): Rect => ({ x: 0, y: 0, width, height })

  test.each([[8, 8], [4, 4], [16, 12], [2, 2], [6, 10]])('puts each part of a picture where it belongs, at %i x %i', (width, height) => {
    const source = blackPicture(8, 8)
    for (let y = 0; y < 8; y += 1) source.bytes.fill(200, y * 8 + 4, y * 8 + 8)
    source.bytes.fill(90, 64, 80)
    const target = blackPicture(32, 32)
    paintPlanes(source.planes, whole(8, 8), target.planes, { x: 10, y: 6, width, height })
    expect(valuesAt(target.planes, 10, 6)).toEqual([16, 90, 128])
    expect(valuesAt(target.planes, 10 + width - 1, 6 + height - 1)).toEqual([200, 90, 128])
    // Nothing beside it.
    for (const [x, y] of [[8, 6], [10, 4], [10 + width, 6], [10, 6 + height]] as const) expect(valuesAt(target.planes, x, y)).toEqual([16, 128, 128])
  })

  test('reads colours that alternate', () => {
    const bytes = new Uint8Array(24).fill(100)
    for (let index = 16; index < 24; index += 2) bytes.set([30, 220], index)
    const plane = (offset: number, step: number): Planes[0] => ({ bytes, offset, stride: 4, step })
    const target = blackPicture(4, 4)
    paintPlanes([plane(0, 1), plane(16, 2), plane(17, 2)], whole(4, 4), target.planes, whole(4, 4))
    expect(valuesAt(target.planes, 3, 3)).toEqual([100, 30, 220])
  })

  test('knows colours', () => {
    const target = blackPicture(4, 4)
    paintPixels(new Uint8ClampedArray(Array.from({ length: 16 }, () => [255, 0, 0, 255]).flat()), 4, target.planes, whole(4, 4))
    const [light = 0, blue = 0, red = 0] = valuesAt(target.planes, 2, 2)
    expect([light, blue, red].map((value) => Math.round(value / 10))).toEqual([8, 9, 24])
  })

  test('of nothing, or into nothing, changes nothing', () => {
    const target = blackPicture(4, 4)
    const before = target.bytes.slice()
    paintPlanes(blackPicture(2, 2).planes, whole(0, 0), target.planes, whole(4, 4))
    paintPlanes(blackPicture(2, 2).planes, whole(2, 2), target.planes, whole(1, 1))
    expect(target.bytes).toEqual(before)
  })
})
