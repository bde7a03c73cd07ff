import { describe, expect, test } from 'vitest'
import { GAP, gridLayout, stageLayout, type Size } from '../../src/ui/grid-layout.ts'

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

describe('stageLayout', () => {
  test('of two people the other one fills the stage and we float', () => {
    const { camera, floating } = stageLayout({ cameras: 2, screens: 0 }, DESKTOP)
    expect(camera).toEqual(gridLayout(1, DESKTOP).tile)
    expect(floating).toEqual({ width: 252, height: 142 })
  })

  test('on a phone our floating tile is upright', () => {
    const { floating } = stageLayout({ cameras: 2, screens: 0 }, PHONE)
    expect(floating?.height).toBeGreaterThan(floating?.width ?? Infinity)
  })

  test.each([1, 3, 8])('with %i people nobody floats', (cameras) => {
    expect(stageLayout({ cameras, screens: 0 }, DESKTOP).floating).toBeNull()
  })

  test('a screen takes most of a wide stage, with the faces in a column beside it', () => {
    const { flow, screen, camera, floating } = stageLayout({ cameras: 2, screens: 1 }, DESKTOP)
    expect({ flow, floating }).toEqual({ flow: 'column', floating: null })
    expect(screen).toEqual({ width: 1088, height: 760 })
    expect(screen.width + GAP + camera.width).toBeLessThanOrEqual(DESKTOP.width)
  })

  test('a screen takes most of a tall stage, with the faces in a row below it', () => {
    const { flow, screen, camera } = stageLayout({ cameras: 3, screens: 1 }, PHONE)
    expect(flow).toBe('row')
    expect(screen.width).toBe(PHONE.width)
    expect(screen.height + GAP + camera.height).toBeLessThanOrEqual(PHONE.height)
  })

  test('what a screen cannot use of a tall stage goes to the faces', () => {
    const { screen, camera } = stageLayout({ cameras: 4, screens: 1 }, PHONE)
    expect(screen.height).toBe(274)
    expect(camera.height).toBeGreaterThan(180)
  })

  test('two screens share the height', () => {
    const { screen } = stageLayout({ cameras: 3, screens: 2 }, DESKTOP)
    expect(2 * screen.height + GAP).toBeLessThanOrEqual(DESKTOP.height)
  })

  test('a stage without extent shows nothing', () => {
    expect(stageLayout({ cameras: 2, screens: 1 }, { width: 0, height: 0 }).camera).toEqual({ width: 0, height: 0 })
  })
})
