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

/** Somebody wants to set how loud a person is. It bubbles to the call, which shows the list of people. */
export class VolumeRequest extends Event {
  readonly peer: string

  constructor(peer: string) {
    super('volume-request', { bubbles: true, composed: true })
    this.peer = peer
  }
}

declare global {
  interface HTMLElementEventMap {
    'tile-menu-request': TileMenuRequest
    'volume-request': VolumeRequest
  }
}
