import type { TileKey } from './stage-plan.ts'

/** The menu of a tile is to be opened, or closed if it is open. */
export class TileMenuRequest extends Event {
  readonly key: TileKey
  /** What was pressed: the menu stands beside it. */
  readonly opener: HTMLElement

  constructor(key: TileKey, opener: HTMLElement) {
    super('tile-menu-request', { bubbles: true, composed: true })
    this.key = key
    this.opener = opener
  }
}

declare global {
  interface HTMLElementEventMap {
    'tile-menu-request': TileMenuRequest
  }
}
