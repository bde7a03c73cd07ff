import { expect, test } from 'vitest'
import { Quarantine } from '../../../relay/federation/quarantine.ts'

test('what is in quarantine is left alone until its time is over', () => {
  const quarantine = new Quarantine(10)
  quarantine.add('stranger', 100)
  expect(quarantine.has('stranger', 99)).toBe(true)
  expect(quarantine.has('other', 99)).toBe(false)
  expect(quarantine.has('stranger', 100)).toBe(false)
})

test('it holds as many as it may, and one more makes the first go', () => {
  const quarantine = new Quarantine(3)
  for (const name of ['a', 'b', 'c']) quarantine.add(name, 100)
  expect(['a', 'b', 'c'].map((name) => quarantine.has(name, 0))).toEqual([true, true, true])
  quarantine.add('d', 100)
  expect(['a', 'b', 'c', 'd'].map((name) => quarantine.has(name, 0))).toEqual([false, true, true, true])
})
