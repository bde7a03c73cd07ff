/** Which controls a bar has place for: pure arithmetic in CSS pixels, applied by `control-bar.ts`. */

/** What may be left out of the bar, least needed first; what is left out stands in the menu. */
const DISPENSABLE = ['reactions', 'arrows', 'people-toggle', 'screen', 'hand'] as const

/** Beside these stands an arrow, which opens a menu of their own. */
export const WITH_ARROW: readonly string[] = ['mute', 'camera', 'screen']

type Dispensable = typeof DISPENSABLE[number]

/** How the bar is drawn. Lengths are CSS pixels. */
export interface BarFit {
  button: number
  gap: number
  /** Width of the arrow beside microphone and camera; 0 without. */
  arrow: number
  leave: number
  hidden: ReadonlySet<string>
}

/** From this width on buttons have their full size. */
const ROOMY = 600
const SMALL = { button: 44, gap: 6, arrow: 22, leave: 44 }
const FULL = { button: 52, gap: 10, arrow: 28, leave: 72 }

/**
 * How a bar of `width` shows these controls besides leaving. Controls are named; those of WITH_ARROW have one. What does
 * not fit is left out in a fixed order, and what cannot be left out may shrink to the size of a finger.
 */
export function fitBar(controls: readonly string[], width: number): BarFit {
  const size = width >= ROOMY ? FULL : SMALL
  const hidden = new Set<string>()
  const needed = (): number => {
    const shown = controls.filter((name) => !hidden.has(name))
    const arrows = hidden.has('arrows') ? 0 : shown.filter((name) => WITH_ARROW.includes(name)).length
    return shown.length * (size.button + size.gap) + arrows * size.arrow + size.leave
  }
  const order: readonly Dispensable[] = DISPENSABLE.filter((name) => name === 'arrows' || controls.includes(name))
  for (const name of order) {
    if (width === 0 || needed() <= width) break
    hidden.add(name)
  }
  return { ...size, arrow: hidden.has('arrows') ? 0 : size.arrow, hidden }
}
