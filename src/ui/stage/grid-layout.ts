/** How equal tiles fill an area: pure geometry in CSS pixels. */

/** A width and a height, CSS pixels. */
export interface Size {
  width: number
  height: number
}

/** A place on the stage, CSS pixels: `x` from where a line of writing begins, `y` from the top. */
export interface Box extends Size {
  x: number
  y: number
}

/** Equal tiles in rows and columns; the last row may be shorter and is centred. */
export interface Grid {
  columns: number
  rows: number
  tile: Size
}

/** Space between tiles, CSS pixels. */
export const GAP = 12
/** Widest tile: an HD camera's picture, uncropped. */
export const MAX_ASPECT = 16 / 9
/** Narrowest tile: a phone's picture, uncropped. */
export const MIN_ASPECT = 9 / 16
/** A tile this wide crops no face; on an upright stage (a phone) its inverse does not either. */
const NATURAL_ASPECT = 4 / 3

/** The grid of `count` tiles that shows most: largest area, where a tile narrower than what it shows counts for less. */
export function gridLayout(count: number, container: Size, minAspect = MIN_ASPECT, natural = faceAspect(container)): Grid {
  let best: Grid = { columns: 1, rows: Math.max(1, count), tile: { width: 0, height: 0 } }
  let bestScore = -1
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const tile = fitAspect({ width: share(container.width, columns), height: share(container.height, rows) }, minAspect)
    const score = tile.width * tile.height * Math.min(1, tile.width / Math.max(1, tile.height) / natural)
    if (score > bestScore) [best, bestScore] = [{ columns, rows, tile }, score]
  }
  return best
}

/** Where `count` tiles stand in an area, row by row, the whole in the middle of it. */
export function gridBoxes(count: number, area: Box, minAspect = MIN_ASPECT, natural = faceAspect(area)): Box[] {
  const { columns, rows, tile } = gridLayout(count, area, minAspect, natural)
  const top = area.y + middle(area.height, extent(tile.height, rows))
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = Math.min(columns, count - row * columns)
    const start = area.x + middle(area.width, extent(tile.width, inRow))
    return { ...tile, x: start + (index - row * columns) * (tile.width + GAP), y: top + row * (tile.height + GAP) }
  })
}

/** How many tiles an area takes, `most` at most, before one is smaller than `least`; always one. */
export function capacity(area: Size, least: Size, most: number, minAspect = MIN_ASPECT): number {
  for (let count = most; count > 1; count--) {
    const { tile } = gridLayout(count, area, minAspect)
    if (tile.width >= least.width && tile.height >= least.height) return count
  }
  return 1
}

function faceAspect({ width, height }: Size): number {
  return width >= height ? NATURAL_ASPECT : 1 / NATURAL_ASPECT
}

// Whole pixels, rounded down: nothing ends half a pixel outside.
function share(whole: number, parts: number): number {
  return Math.max(0, Math.floor((whole - GAP * (parts - 1)) / parts))
}

function extent(size: number, count: number): number {
  return count * size + (count - 1) * GAP
}

function middle(whole: number, part: number): number {
  return Math.floor((whole - part) / 2)
}

function fitAspect({ width, height }: Size, minAspect: number): Size {
  return {
    width: Math.min(width, Math.floor(height * MAX_ASPECT)),
    height: Math.min(height, Math.floor(width / minAspect)),
  }
}
