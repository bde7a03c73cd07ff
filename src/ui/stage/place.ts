import type { Box } from './grid-layout.ts'

/** Puts a tile into its box, and hides one that has none. As properties: a style attribute would be refused by the page's policy. */
export function place(tile: HTMLElement | null, box: Box | undefined): void {
  if (tile === null) return
  tile.hidden = box === undefined
  if (box === undefined) return
  Object.assign(tile.style, { insetInlineStart: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` })
}
