import { expect, test } from 'vitest'
import { cornerAt, cornerBeside, floatingBox } from '../../../src/ui/stage/floating-box.ts'

test.each([
  [{ x: 10, y: 10 }, 'top-start'], [{ x: 900, y: 10 }, 'top-end'], [{ x: 10, y: 500 }, 'bottom-start'], [{ x: 900, y: 500 }, 'bottom-end'], [{ x: -50, y: -50 }, 'top-start'],
])('a picture dropped at %o goes to the %s', (middle, corner) => {
  expect(cornerAt(middle, { width: 1_000, height: 600 })).toBe(corner)
})

test.each([
  ['bottom-end', 'ArrowUp', false, 'top-end'], ['bottom-end', 'ArrowDown', false, 'bottom-end'], ['bottom-end', 'ArrowLeft', false, 'bottom-start'],
  ['top-start', 'ArrowRight', false, 'top-end'], ['top-start', 'ArrowRight', true, 'top-start'], ['top-end', 'ArrowRight', true, 'top-start'], ['top-end', 'Enter', false, null],
] as const)('from %s %s leads, right to left %s, to %s', (corner, key, isRightToLeft, expected) => {
  expect(cornerBeside(corner, key, isRightToLeft)).toBe(expected)
})

test('on a ground smaller than itself the picture is no larger than that', () => {
  expect(floatingBox({ x: 5, y: 6, width: 50, height: 40 }, { width: 1_000, height: 600 }, 'bottom-end')).toEqual({ x: 5, y: 6, width: 50, height: 40 })
})
