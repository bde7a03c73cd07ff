/** Where our own picture floats: pure. */
import type { Corner } from '../../room/views.ts'
import { GAP, MAX_ASPECT, type Box, type Size } from './grid-layout.ts'

/** Our picture in a corner of the ground, of a size that fits the stage: upright on an upright one. */
export function floatingBox(ground: Box, stage: Size, corner: Corner): Box {
  const size = floatingSize(stage)
  const box = { width: Math.min(size.width, ground.width), height: Math.min(size.height, ground.height) }
  const [vertical, horizontal] = sidesOf(corner)
  const room = { x: Math.max(0, ground.width - box.width), y: Math.max(0, ground.height - box.height) }
  const margin = { x: Math.min(GAP, room.x / 2), y: Math.min(GAP, room.y / 2) }
  return {
    ...box,
    x: ground.x + (horizontal === 'start' ? margin.x : room.x - margin.x),
    y: ground.y + (vertical === 'top' ? margin.y : room.y - margin.y),
  }
}

/** The corner that a box whose middle is here belongs to; `x` counts from where a line of writing begins. */
export function cornerAt(middle: { x: number, y: number }, stage: Size): Corner {
  return `${middle.y < stage.height / 2 ? 'top' : 'bottom'}-${middle.x < stage.width / 2 ? 'start' : 'end'}`
}

/** The corner that an arrow key leads to; left and right are the screen's. Null for another key. */
export function cornerBeside(corner: Corner, key: string, isRightToLeft: boolean): Corner | null {
  const [vertical, horizontal] = sidesOf(corner)
  switch (key) {
    case 'ArrowUp': return `top-${horizontal}`
    case 'ArrowDown': return `bottom-${horizontal}`
    case 'ArrowLeft': return `${vertical}-${isRightToLeft ? 'end' : 'start'}`
    case 'ArrowRight': return `${vertical}-${isRightToLeft ? 'start' : 'end'}`
    default: return null
  }
}

function sidesOf(corner: Corner): ['top' | 'bottom', 'start' | 'end'] {
  return corner.split('-') as ['top' | 'bottom', 'start' | 'end']
}

function floatingSize({ width, height }: Size): Size {
  if (width >= height) {
    const across = Math.round(Math.min(280, Math.max(140, width * 0.18)))
    return { width: across, height: Math.round(across / MAX_ASPECT) }
  }
  const across = Math.round(Math.min(180, Math.max(96, width * 0.28)))
  return { width: across, height: Math.round(across * 4 / 3) }
}
