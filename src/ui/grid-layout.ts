/** Where tiles go: pure geometry in CSS pixels, applied by `stage.ts`. */

/** A width and a height, CSS pixels. */
export interface Size {
  width: number
  height: number
}

/** Equal tiles in rows and columns; the last row may be shorter and is centred. */
export interface Grid {
  columns: number
  rows: number
  tile: Size
}

/** What there is to show: camera tiles (our own included) and other people's screens. */
export interface StageContents {
  cameras: number
  screens: number
}

/** How to show it. Tiles flow in `flow` direction and wrap, screens first; with `floating` set, our own tile floats in a corner. */
export interface StageLayout {
  flow: 'row' | 'column'
  camera: Size
  screen: Size
  floating: Size | null
}

/** Space between tiles, CSS pixels. */
export const GAP = 12
/** Widest tile: an HD camera's picture, uncropped. */
const MAX_ASPECT = 16 / 9
/** Narrowest tile: a phone's picture, uncropped. */
const MIN_ASPECT = 9 / 16
/** A tile this wide crops no face; on an upright stage (a phone) its inverse does not either. */
const NATURAL_ASPECT = 4 / 3
/** Share of the stage, along the longer side, that camera tiles get beside a shared screen; on an upright stage at least. */
const STRIP_SHARE = 0.22
/** Least and most extent of that strip, CSS pixels: a face stays readable, the screen stays the hero. */
const STRIP_MIN = 112
const STRIP_MAX = 300
/** Squarest screen that people share. */
const SCREEN_ASPECT = 4 / 3
/** Beside a screen, faces are small enough already: no narrower than this. */
const STRIP_MIN_ASPECT = 4 / 3

const NOTHING: Size = { width: 0, height: 0 }

/** The grid of `count` tiles that shows most: largest area, where a tile narrower than people's pictures counts for less. */
export function gridLayout(count: number, container: Size, minAspect = MIN_ASPECT): Grid {
  let best: Grid = { columns: 1, rows: Math.max(1, count), tile: NOTHING }
  let bestScore = -1
  const natural = container.width >= container.height ? NATURAL_ASPECT : 1 / NATURAL_ASPECT
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const tile = fitAspect({ width: share(container.width, columns), height: share(container.height, rows) }, minAspect)
    const score = tile.width * tile.height * Math.min(1, tile.width / Math.max(1, tile.height) / natural)
    if (score > bestScore) [best, bestScore] = [{ columns, rows, tile }, score]
  }
  return best
}

/** Lays out the whole stage: a plain grid, one large face with ourselves in the corner, or screens with a strip of faces. */
export function stageLayout({ cameras, screens }: StageContents, container: Size): StageLayout {
  if (container.width <= 0 || container.height <= 0) {
    return { flow: 'row', camera: NOTHING, screen: NOTHING, floating: null }
  }
  if (screens > 0) return screenLayout({ cameras, screens }, container)
  if (cameras === 2) {
    return { flow: 'row', camera: gridLayout(1, container).tile, screen: NOTHING, floating: floatingSize(container) }
  }
  return { flow: 'row', camera: gridLayout(cameras, container).tile, screen: NOTHING, floating: null }
}

function screenLayout({ cameras, screens }: StageContents, { width, height }: Size): StageLayout {
  const wide = width > height
  const strip = Math.min(STRIP_MAX, Math.max(STRIP_MIN, Math.floor(Math.max(width, height) * STRIP_SHARE)))
  if (wide) {
    return {
      flow: 'column',
      screen: { width: Math.max(0, width - strip - GAP), height: share(height, screens) },
      camera: gridLayout(cameras, { width: strip, height }, STRIP_MIN_ASPECT).tile,
      floating: null,
    }
  }
  // No screen is higher than it is wide by much: what it cannot use goes to the faces.
  const screen = { width, height: Math.min(share(height - strip - GAP, screens), Math.floor(width / SCREEN_ASPECT)) }
  return {
    flow: 'row',
    screen,
    camera: gridLayout(cameras, { width, height: height - screens * (screen.height + GAP) }).tile,
    floating: null,
  }
}

function floatingSize({ width, height }: Size): Size {
  if (width >= height) {
    const across = Math.round(Math.min(280, Math.max(140, width * 0.18)))
    return { width: across, height: Math.round(across / MAX_ASPECT) }
  }
  const across = Math.round(Math.min(180, Math.max(96, width * 0.28)))
  return { width: across, height: Math.round(across * 4 / 3) }
}

// Whole pixels, rounded down: tiles whose sum is one pixel too wide would wrap.
function share(extent: number, parts: number): number {
  return Math.max(0, Math.floor((extent - GAP * (parts - 1)) / parts))
}

function fitAspect({ width, height }: Size, minAspect: number): Size {
  return {
    width: Math.min(width, Math.floor(height * MAX_ASPECT)),
    height: Math.min(height, Math.floor(width / minAspect)),
  }
}
