import { describe, expect, test } from 'vitest'
import { capacity, GAP, gridBoxes, gridLayout, type Size } from '../../../src/ui/stage/grid-layout.ts'

const DESKTOP: Size = { width: 1400, height: 760 }
const PHONE: Size = { width: 366, height: 680 }

describe('gridLayout', () => {
  test.each([
    [1, DESKTOP, 1, 1],
    [3, DESKTOP, 2, 2],
    [4, DESKTOP, 2, 2],
    [5, DESKTOP, 3, 2],
    [3, { width: 1392, height: 620 }, 2, 2],
    [9, DESKTOP, 3, 3],
    [10, DESKTOP, 4, 3],
    [1, PHONE, 1, 1],
    [2, PHONE, 1, 2],
    [3, PHONE, 1, 3],
    [6, PHONE, 2, 3],
    [3, { width: 1200, height: 200 }, 3, 1],
    [3, { width: 200, height: 1200 }, 1, 3],
  ])('%i tiles in %o stand in %i columns and %i rows', (count, container, columns, rows) => {
    expect(gridLayout(count, container)).toMatchObject({ columns, rows })
  })

  test('a lone tile on a desktop is as high as the stage and never wider than the camera picture', () => {
    expect(gridLayout(1, DESKTOP).tile).toEqual({ width: 1351, height: 760 })
  })

  test('a lone tile on a phone is as wide as the stage and never narrower than a phone picture', () => {
    expect(gridLayout(1, PHONE).tile).toEqual({ width: 366, height: 650 })
  })

  test('tiles and gaps never exceed the container', () => {
    for (let count = 1; count <= 30; count++) {
      for (const container of [DESKTOP, PHONE, { width: 333, height: 777 }, { width: 1001, height: 301 }]) {
        const { columns, rows, tile } = gridLayout(count, container)
        expect(columns * tile.width + (columns - 1) * GAP).toBeLessThanOrEqual(container.width)
        expect(rows * tile.height + (rows - 1) * GAP).toBeLessThanOrEqual(container.height)
        expect(columns * rows).toBeGreaterThanOrEqual(count)
      }
    }
  })
})

describe('gridBoxes', () => {
  test('rows are filled in the direction of writing, and a shorter last one stands in the middle', () => {
    const boxes = gridBoxes(3, { x: 100, y: 50, width: 812, height: 412 })
    expect(boxes).toEqual([
      { x: 145, y: 50, width: 355, height: 200 },
      { x: 512, y: 50, width: 355, height: 200 },
      { x: 328, y: 262, width: 355, height: 200 },
    ])
  })

  test('a lone tile stands in the middle', () => {
    expect(gridBoxes(1, { x: 0, y: 0, ...DESKTOP })).toEqual([{ x: 24, y: 0, width: 1351, height: 760 }])
  })

  test('no tiles are no boxes', () => {
    expect(gridBoxes(0, { x: 0, y: 0, ...DESKTOP })).toEqual([])
  })
})

describe('capacity', () => {
  const least: Size = { width: 120, height: 90 }

  test.each([
    [DESKTOP, 16, 16],
    [PHONE, 6, 6],
    [{ width: 300, height: 192 }, 16, 4],
    [{ width: 120, height: 90 }, 16, 1],
    [{ width: 10, height: 10 }, 16, 1],
  ])('%o takes, of at most %i tiles, %i', (container, most, expected) => {
    expect(capacity(container, least, most)).toBe(expected)
  })
})
