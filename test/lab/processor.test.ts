import { expect, test } from 'vitest'
import { processorTime, processorUse } from './processor.ts'

test('what the processor did between two moments is told in parts of all its time', () => {
  const from = processorTime('cpu  100 10 50 800 20 0 10 10 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n')
  expect(from).toEqual({ idle: 820, stolen: 10, all: 1_000 })
  const to = processorTime('cpu  500 10 150 1200 40 0 10 90 70 0\n')
  expect(processorUse(from, to)).toBe('42 % of the processor idle, 8 % taken by other machines')
  expect(processorUse(from, from)).toBe('0 % of the processor idle, 0 % taken by other machines')
})
