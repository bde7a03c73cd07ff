import { describe, expect, test } from 'vitest'
import { bringForward, exchange, keepOrder, nextSpeakers, NOBODY_YET, talkers, type Speakers } from '../../../src/ui/stage/speakers.ts'

const ALL = new Set(['ada', 'bob', 'cyd'])
const LOOK_MS = 250

/** Looks on while these speak, each for so many milliseconds; gives who was in the foreground at the end of each. */
function follow(...parts: readonly (readonly [ms: number, speaking: readonly string[], present?: ReadonlySet<string>])[]): { active: (string | null)[], speakers: Speakers, now: number } {
  let speakers = NOBODY_YET
  let now = 0
  const active = parts.map(([ms, speaking, present = ALL]) => {
    for (const end = now + ms; now < end; now += LOOK_MS) speakers = nextSpeakers(speakers, new Set(speaking), present, now)
    return speakers.active
  })
  return { active, speakers, now }
}

describe('who is in the foreground', () => {
  test.each([
    ['nobody before anybody has spoken', [[5_000, []]], [null]],
    ['who speaks', [[1_500, ['ada']]], ['ada']],
    ['nobody for a word', [[500, ['ada']], [2_000, []]], [null, null]],
    ['who spoke last, while it is silent', [[1_500, ['ada']], [9_000, []]], ['ada', 'ada']],
    ['not who puts in a word', [[3_000, ['ada']], [500, ['bob']], [1_000, ['ada']]], ['ada', 'ada', 'ada']],
    ['not who speaks at the same time', [[3_000, ['ada']], [5_000, ['ada', 'bob']]], ['ada', 'ada']],
    ['who goes on when the other has stopped', [[3_000, ['ada']], [2_000, ['ada', 'bob']], [500, ['bob']]], ['ada', 'ada', 'bob']],
    ['nobody for less than two seconds', [[1_000, ['ada']], [1_000, ['bob']], [1_000, ['bob']]], ['ada', 'ada', 'bob']],
    ['another one when who spoke has left', [[1_500, ['ada']], [1_250, ['bob'], new Set(['bob'])]], ['ada', 'bob']],
    ['of two who begin, the first', [[250, ['bob']], [1_500, ['ada', 'bob']]], [null, 'bob']],
  ] as const)('%s', (_what, parts, expected) => {
    expect(follow(...parts).active).toEqual(expected)
  })
})

test('who talks on is to be seen, and a word is not talking', () => {
  const { speakers, now } = follow([1_000, ['ada']], [1_750, ['ada', 'bob']], [500, ['ada', 'bob', 'cyd']])
  expect(talkers(speakers, now)).toEqual(['ada', 'bob'])
})

describe('order', () => {
  const order = ['ada', 'bob', 'cyd', 'dan', 'eve']
  const heard: Speakers = { ...NOBODY_YET, heardAt: new Map([['ada', 100], ['bob', 50], ['cyd', 900]]) }

  test.each([
    ['who comes stands at the end', ['ada', 'bob'], ['bob', 'zoe', 'ada'], ['ada', 'bob', 'zoe']],
    ['who leaves leaves no gap', ['ada', 'bob', 'cyd'], ['ada', 'cyd'], ['ada', 'cyd']],
    ['at first it is that of arrival', [], ['bob', 'ada'], ['bob', 'ada']],
  ])('%s', (_what, was, present, expected) => {
    expect(keepOrder(was, present)).toEqual(expected)
  })

  test.each([
    ['changes places with the one heard least lately', 'eve', ['ada', 'bob', 'cyd'], ['ada', 'eve', 'cyd', 'dan', 'bob']],
    ['of those never heard, with the last', 'ada', ['dan', 'eve'], ['eve', 'bob', 'cyd', 'dan', 'ada']],
    ['stays where all can see them', 'cyd', ['ada', 'bob', 'cyd'], order],
    ['has nobody to change places with', 'eve', [], order],
  ])('who talks %s', (_what, peer, firstPage, expected) => {
    expect(bringForward(order, peer, firstPage, heard)).toEqual(expected)
  })

  test('two who change places move nobody else, and who is not there moves nobody', () => {
    expect(exchange(order, 'bob', 'eve')).toEqual(['ada', 'eve', 'cyd', 'dan', 'bob'])
    expect(exchange(order, 'bob', 'zoe')).toBe(order)
    expect(exchange(order, 'bob', 'bob')).toBe(order)
  })
})
