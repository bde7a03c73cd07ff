/** Turning the pages of the stage without its buttons. */
import type { Lifetime } from '../../util/abort.ts'

/** A finger that moves this far sideways, CSS pixels, and twice as far as up or down, turns a page. */
const SWIPE = 56

/** Page Up and Page Down, wherever they are not for writing or scrolling; ended by the signal. */
export function followPageKeys(turn: (by: 1 | -1) => void, { signal }: Lifetime): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return
    const target = event.composedPath()[0]
    if (target instanceof Element && target.closest('input, textarea, select, dialog, [role="log"], [role="slider"]') !== null) return
    turn(event.key === 'PageDown' ? 1 : -1)
  }, { signal })
}

/** A finger swept across, unless what it holds is moved by it (`data-floating`); ended by the signal. */
export function followSwipes(element: HTMLElement, turn: (by: 1 | -1) => void, { signal }: Lifetime): void {
  let from: { id: number, x: number, y: number } | null = null
  element.addEventListener('pointerdown', (event) => {
    const { pointerType, isPrimary, pointerId, clientX, clientY } = event
    const isDrag = event.composedPath().some((each) => each instanceof HTMLElement && each.dataset['floating'] !== undefined)
    // A second finger means something else.
    from = pointerType === 'touch' && isPrimary && !isDrag ? { id: pointerId, x: clientX, y: clientY } : null
  }, { signal })
  element.addEventListener('pointercancel', () => { from = null }, { signal })
  element.addEventListener('pointerup', ({ pointerId, clientX, clientY }) => {
    if (from?.id !== pointerId) return
    const [x, y] = [clientX - from.x, clientY - from.y]
    from = null
    if (Math.abs(x) < SWIPE || Math.abs(x) < 2 * Math.abs(y)) return
    const forward = getComputedStyle(element).direction === 'rtl' ? x > 0 : x < 0
    turn(forward ? 1 : -1)
  }, { signal })
}
