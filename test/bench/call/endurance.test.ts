import { expect, it } from 'vitest'
import { slope } from '../../../bench/call/endurance.ts'

it('tells growth from a value that trembles', () => {
  expect(slope([[0, 10], [1, 12], [2, 14], [3, 16]])).toBeCloseTo(2)
  expect(slope([[0, 10], [1, 11], [2, 9], [3, 10]])).toBeCloseTo(-0.2)
})
