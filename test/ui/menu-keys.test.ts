import { describe, expect, test } from 'vitest'
import { fitBar, WITH_ARROW } from '../../src/ui/bar-fit.ts'
import { nextItem } from '../../src/ui/menu-keys.ts'

const LABELS = ['Invite others', 'Settings', 'Share screen', 'Élan']

function pressed(key: string, focused: number, labels = LABELS): number | null {
  return nextItem({ key, ctrlKey: false, altKey: false, metaKey: false }, labels, focused)
}

describe('keys in a menu', () => {
  test('arrows go on and back, and round at both ends', () => {
    expect(pressed('ArrowDown', 0)).toBe(1)
    expect(pressed('ArrowDown', 3)).toBe(0)
    expect(pressed('ArrowUp', 0)).toBe(3)
    expect(pressed('ArrowUp', -1)).toBe(3)
    expect(pressed('ArrowRight', 1)).toBe(2)
    expect(pressed('ArrowLeft', 1)).toBe(0)
  })

  test('Home and End lead to the ends', () => {
    expect([pressed('Home', 2), pressed('End', 1)]).toEqual([0, 3])
  })

  test('a letter goes to the next item that begins with it, and round', () => {
    expect(pressed('s', 0)).toBe(1)
    expect(pressed('S', 1)).toBe(2)
    expect(pressed('s', 2)).toBe(1)
    expect(pressed('é', 0)).toBe(3)
  })

  test('other keys, keys of the browser, and keys in an empty menu move nothing', () => {
    expect([pressed('x', 0), pressed(' ', 0), pressed('Enter', 0), pressed('ArrowDown', 0, [])]).toEqual([null, null, null, null])
    expect(nextItem({ key: 's', ctrlKey: true, altKey: false, metaKey: false }, LABELS, 0)).toBeNull()
  })
})

describe('the bar', () => {
  const ALL = ['mute', 'camera', 'screen', 'hand', 'reactions', 'chat-toggle', 'people-toggle', 'menu']
  const PHONE = ALL.filter((name) => name !== 'screen')

  function widthOf(controls: readonly string[], { button, gap, arrow, leave, hidden }: ReturnType<typeof fitBar>): number {
    const shown = controls.filter((name) => !hidden.has(name))
    return shown.length * (button + gap) + shown.filter((name) => WITH_ARROW.includes(name)).length * arrow + leave
  }

  test('has everything where there is place', () => {
    expect(fitBar(ALL, 1200)).toMatchObject({ button: 52, hidden: new Set() })
    expect(fitBar(ALL, 700).hidden.size).toBe(0)
  })

  test('never is wider than its place, down to the narrowest phone', () => {
    for (let width = 296; width <= 1300; width++) {
      for (const controls of [ALL, PHONE]) expect(widthOf(controls, fitBar(controls, width)), `at ${width}`).toBeLessThanOrEqual(width)
    }
  })

  test('keeps microphone, camera, chat, menu and leaving to the last, and no button smaller than a finger', () => {
    const { hidden, button, leave } = fitBar(PHONE, 250)
    for (const name of ['mute', 'camera', 'chat-toggle', 'menu']) expect(hidden.has(name), name).toBe(false)
    expect(Math.min(button, leave)).toBeGreaterThanOrEqual(44)
  })

  test('gives up reactions first, and the raised hand last', () => {
    expect([...fitBar(ALL, 470).hidden]).toEqual(['reactions'])
    expect([...fitBar(PHONE, 366).hidden]).toEqual(['reactions', 'arrows'])
    expect(fitBar(PHONE, 296).hidden.has('hand')).toBe(false)
  })
})
