/** Where everybody stands in a recorded picture: pure. */

/** One picture, or the card in its place. */
export interface Cell {
  /** Which of a person's pictures. */
  id: string
  kind: 'camera' | 'screen'
}

export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

const GAP = 8
const ASPECT = 16 / 9
/** Of the width, what screens take where there are any. */
const SCREEN_SHARE = 0.78
/** Faces one above the other beside a screen; more get a second column. */
const COLUMN = 5

/** Places cells in a picture of this size; cameras fill theirs, screens are fitted into theirs. */
export function layOut(cells: readonly Cell[], width: number, height: number): Map<string, Rect> {
  const screens = cells.filter(({ kind }) => kind === 'screen')
  const cameras = cells.filter(({ kind }) => kind === 'camera')
  if (screens.length === 0) return grid(cameras, { x: 0, y: 0, width, height }, columnsFor(cameras.length, width, height))
  const stage = cameras.length === 0 ? width : Math.round(width * SCREEN_SHARE)
  return new Map([
    ...grid(screens, { x: 0, y: 0, width: stage, height }, columnsFor(screens.length, stage, height)),
    ...grid(cameras, { x: stage, y: 0, width: width - stage, height }, Math.ceil(cameras.length / COLUMN)),
  ])
}

/** The number of columns that gives the largest pictures. */
function columnsFor(count: number, width: number, height: number): number {
  const widthWith = (columns: number): number => Math.min(width / columns, (height / Math.ceil(count / columns)) * ASPECT)
  const all = Array.from({ length: count }, (_, index) => index + 1)
  return all.reduce((best, columns) => widthWith(columns) >= widthWith(best) ? columns : best, 1)
}

function grid(cells: readonly Cell[], area: Rect, columns: number): Map<string, Rect> {
  const rows = Math.ceil(cells.length / columns)
  const cellWidth = Math.min(area.width / columns, (area.height / rows) * ASPECT)
  const cellHeight = cells.length === 1 ? area.height : cellWidth / ASPECT
  const full = cells.length === 1 ? area.width : cellWidth
  const top = area.y + (area.height - rows * cellHeight) / 2
  return new Map(cells.map(({ id }, index) => {
    const row = Math.floor(index / columns)
    const inRow = row === rows - 1 ? cells.length - row * columns : columns
    const left = area.x + (area.width - inRow * full) / 2
    return [id, inset({ x: left + (index % columns) * full, y: top + row * cellHeight, width: full, height: cellHeight }, cells.length === 1 ? 0 : GAP / 2)]
  }))
}

function inset({ x, y, width, height }: Rect, by: number): Rect {
  return { x: Math.round(x + by), y: Math.round(y + by), width: Math.round(width - 2 * by), height: Math.round(height - 2 * by) }
}

/** Which part of a picture fills `into` (`cover`), or the part of `into` that the whole picture takes (`contain`). */
export function fit(picture: { width: number, height: number }, into: Rect, kind: Cell['kind']): { from: Rect, to: Rect } {
  const scale = kind === 'camera'
    ? Math.max(into.width / picture.width, into.height / picture.height)
    : Math.min(into.width / picture.width, into.height / picture.height)
  const shown = { width: Math.min(picture.width, into.width / scale), height: Math.min(picture.height, into.height / scale) }
  const [width, height] = [shown.width * scale, shown.height * scale]
  return {
    from: { x: (picture.width - shown.width) / 2, y: (picture.height - shown.height) / 2, ...shown },
    to: { x: into.x + (into.width - width) / 2, y: into.y + (into.height - height) / 2, width, height },
  }
}
