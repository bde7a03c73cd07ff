import { describe, expect, test } from 'vitest'
import { displayName, hueOf, initials, shortName, shortPeer } from '../../src/ui/people.ts'
import { viewSize } from '../../src/ui/stage/view-report.ts'
import { rosterChanges } from '../../src/ui/roster.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Johann Sebastian Bach', 'JB'],
  ['  ', 'G'],
  ['Émile Zola', 'ÉZ'],
  ['李小龍', '李'],
  ['👩‍👩‍👧 family', '👩‍👩‍👧F'],
])('the initials of "%s" are "%s"', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('who gave no name is a guest', () => {
  expect(displayName(' \t')).toBe('Guest')
  expect(displayName(' Ada ')).toBe('Ada')
})

test('of a name that would fill a tile only the beginning stands in a sentence', () => {
  expect(shortName('Bartholomew Featherston')).toBe('Bartholomew Featherston')
  expect(shortName('𝒜'.repeat(25))).toBe(`${'𝒜'.repeat(24)}…`)
})

test('a peer keeps its hue, and hues are degrees', () => {
  for (const peer of ['a', '12D3KooWLongPeerId', '12D3KooWOther', '']) {
    expect(hueOf(peer)).toBe(hueOf(peer))
    expect(hueOf(peer)).toBeGreaterThanOrEqual(0)
    expect(hueOf(peer)).toBeLessThan(360)
  }
  expect(hueOf('12D3KooWA')).not.toBe(hueOf('12D3KooWB'))
})

test('a peer id is cut to the end that differs', () => {
  expect(shortPeer('12D3KooWabcdefgh')).toBe('…abcdefgh')
  expect(shortPeer('short')).toBe('short')
})

test('a box is reported in whole device pixels', () => {
  expect(viewSize({ width: 366.4, height: 206.1 }, 2)).toEqual({ width: 733, height: 412 })
})

describe('rosterChanges', () => {
  const ada = { peer: 'ada' }
  const bob = { peer: 'bob' }

  test('names who came and who went', () => {
    expect(rosterChanges([ada], [bob])).toEqual({ came: [bob], went: [ada] })
  })

  test('somebody who rejoined under the same peer id neither came nor went', () => {
    expect(rosterChanges([ada], [{ peer: 'ada' }])).toEqual({ came: [], went: [] })
  })
})
