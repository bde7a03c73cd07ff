import { expect, test } from 'vitest'
import { chooseNeighbours } from '../../../relay/federation/choose.ts'
import { seededRandom } from '../../fakes/seeded-schedule.ts'

const relays = Array.from({ length: 60 }, (_, index) => `relay-${index}`)

test('as many are chosen as were asked for, each once, or all when there are fewer', () => {
  const chosen = chooseNeighbours(relays, String, 'self', 4, Math.random)
  expect(new Set(chosen).size).toBe(4)
  expect(chooseNeighbours(relays.slice(0, 3), String, 'self', 4, Math.random).toSorted()).toEqual(['relay-0', 'relay-1', 'relay-2'])
  expect(chooseNeighbours([], String, 'self', 4, Math.random)).toEqual([])
})

test('the nearest are chosen whatever chance says', () => {
  const nearest = chooseNeighbours(relays, String, 'self', 1, () => 0)[0]
  for (const random of [0, 0.3, 0.99]) expect(chooseNeighbours(relays, String, 'self', 4, () => random)).toContain(nearest)
})

test('sixty relays that each choose four are in one piece, and again when a third of them is gone and was replaced, and none is a hub', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = seededRandom(seed)
    const choose = (relay: string, among: string[], count: number): string[] =>
      chooseNeighbours(among.filter((each) => each !== relay), String, relay, count, random)
    const chosen = new Map(relays.map((relay) => [relay, choose(relay, relays, 4)]))
    expect(reached(chosen, relays)).toBe(60)
    expect(Math.max(...[...linksOf(chosen).values()].map(({ size }) => size))).toBeLessThan(20)

    const alive = relays.slice(20)
    const replaced = new Map(alive.map((relay) => {
      const kept = (chosen.get(relay) ?? []).filter((each) => alive.includes(each))
      return [relay, [...kept, ...choose(relay, alive.filter((each) => !kept.includes(each)), 4 - kept.length)]]
    }))
    expect(reached(replaced, alive)).toBe(40)
  }
})

/** A connection is one for both ends. */
function linksOf(chosen: Map<string, string[]>): Map<string, Set<string>> {
  const links = new Map([...chosen.keys()].map((relay) => [relay, new Set<string>()]))
  for (const [relay, others] of chosen) {
    for (const other of others) {
      links.get(relay)?.add(other)
      links.get(other)?.add(relay)
    }
  }
  return links
}

/** How many of `alive` can be reached from the first of them. */
function reached(chosen: Map<string, string[]>, alive: string[]): number {
  const links = linksOf(chosen)
  const seen = new Set(alive.slice(0, 1))
  for (const relay of seen) for (const other of links.get(relay) ?? []) seen.add(other)
  return seen.size
}
