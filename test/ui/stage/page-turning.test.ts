import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { followSwipes } from '../../../src/ui/stage/page-turning.ts'

/** As much of an element as can be swept over. */
class FakeElement extends EventTarget {
  readonly dataset: Record<string, string> = {}
}

let element: FakeElement
let direction: 'ltr' | 'rtl'
const turned: number[] = []

beforeAll(() => {
  vi.stubGlobal('HTMLElement', FakeElement)
  vi.stubGlobal('getComputedStyle', () => ({ direction }))
})
afterAll(() => vi.unstubAllGlobals())
beforeEach(() => {
  element = new FakeElement()
  direction = 'ltr'
  turned.length = 0
  followSwipes(element as unknown as HTMLElement, (by) => turned.push(by), { signal: new AbortController().signal })
})

function sweep(x: number, y = 0, over: { pointerType?: string, isPrimary?: boolean } = {}): void {
  const pointer = { pointerType: 'touch', isPrimary: true, pointerId: 1, ...over }
  element.dispatchEvent(Object.assign(new Event('pointerdown'), pointer, { clientX: 200, clientY: 200 }))
  element.dispatchEvent(Object.assign(new Event('pointerup'), pointer, { clientX: 200 + x, clientY: 200 + y }))
}

test('a finger swept across turns a page, in the direction of reading', () => {
  sweep(-100)
  sweep(100)
  direction = 'rtl'
  sweep(100)
  expect(turned).toEqual([1, -1, 1])
})

test('a short way, a way down, a mouse and a second finger turn nothing', () => {
  sweep(-40)
  sweep(-100, 80)
  sweep(-100, 0, { pointerType: 'mouse' })
  sweep(-100, 0, { isPrimary: false })
  expect(turned).toEqual([])
})

test('a finger that moves what floats on the stage turns nothing', () => {
  element.dataset['floating'] = ''
  sweep(-100)
  expect(turned).toEqual([])
})
