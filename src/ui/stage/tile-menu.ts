/** What can be done with one tile, as a menu. */
import type { StageChoice } from '../../room/views.ts'
import type { MenuGroup, MenuItem } from '../menu.ts'
import { callStrings } from '../call-strings.ts'
import { strings } from '../strings.ts'
import type { TileKey } from './stage-plan.ts'
import type { Viewing } from './viewing.ts'
import { stageStrings } from './stage-strings.ts'

export interface TileMenuContext {
  viewing: Viewing
  /** Our own peer id. */
  self: string
  /** Whether our own tile lies on top of the others. */
  floats: boolean
  /** Fills the screen with the tile; null where the browser cannot. */
  fill: (() => unknown) | null
  /** Shows where the volume of a person is set. */
  showVolume: (peer: string) => unknown
}

/** The groups of the menu, in their order. */
export function tileMenu(key: TileKey, context: TileMenuContext): MenuGroup[] {
  const peer = key.slice(key.indexOf(':') + 1)
  return peer === context.self ? ownMenu(context) : [{ label: callStrings.menu.view, items: othersItems(key, peer, context) }]
}

function othersItems(key: TileKey, peer: string, { viewing, fill, showVolume }: TileMenuContext): MenuItem[] {
  const { tile } = strings
  const pinned = viewing.pinned.value.includes(key)
  const { muted } = viewing.volumeOf(peer)
  return [
    { hook: 'pin-item', label: pinned ? tile.unpin : tile.pin, drawing: pinned ? 'pinOff' : 'pin', act: () => viewing.togglePin(key) },
    { hook: 'silence', label: tile.silence, drawing: 'soundOff', checked: muted, act: () => viewing.setVolume(peer, { muted: !muted }) },
    { hook: 'volume', label: tile.volume, drawing: 'sound', act: () => showVolume(peer) },
    ...filling(fill),
  ]
}

function ownMenu({ viewing, floats, fill }: TileMenuContext): MenuGroup[] {
  const stage = stageStrings
  const item = (ownPicture: StageChoice['ownPicture'], label: string, drawing: MenuItem['drawing'] & string): MenuItem =>
    ({ hook: `own-${ownPicture}`, label, drawing, act: () => viewing.choose({ ownPicture }) })
  const where = floats && viewing.choice.value.ownPicture === 'floating' ? [item('placed', stage.ownPlaced, 'grid')] : floats ? [] : [item('floating', stage.ownFloating, 'pictureInPicture')]
  return [{ label: callStrings.menu.view, items: [...where, item('hidden', stage.ownHidden, 'eyeOff'), ...filling(fill)] }]
}

function filling(fill: (() => unknown) | null): MenuItem[] {
  return fill === null ? [] : [{ hook: 'tile-full-screen', label: strings.tile.fullScreen, drawing: 'fullScreen', act: fill }]
}
