import { expect, test } from 'vitest'
import { peopleOrder } from '../../../src/ui/stage/people-order.ts'

const PEOPLE = [{ peer: 'p1', name: 'Zoë' }, { peer: 'p2', name: 'ada' }, { peer: 'p3', name: 'Ärni' }, { peer: 'p4', name: 'Guest 10' }, { peer: 'p5', name: 'Guest 9' }]

test.each([
  ['by name, whatever the case and the marks', [], ['p2', 'p3', 'p5', 'p4', 'p1']],
  ['hands first, in the order in which they were raised', ['p1', 'p4'], ['p1', 'p4', 'p2', 'p3', 'p5']],
  ['a hand of somebody who is not there moves nobody', ['p9'], ['p2', 'p3', 'p5', 'p4', 'p1']],
])('%s', (_what, hands, expected) => {
  expect(peopleOrder(PEOPLE, hands, 'en').map(({ peer }) => peer)).toEqual(expected)
})
