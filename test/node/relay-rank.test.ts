import { describe, expect, test } from 'vitest'
import { rankRelays } from '../../src/node/relay-rank.ts'
import type { RelayFacts } from '../../src/node/relay-rank.ts'

const NOW = Date.UTC(2030, 0, 15)
const HOUR = 3_600_000

/** A relay that served us well an hour ago. */
function facts(address: string, change: Partial<RelayFacts> = {}): RelayFacts {
  return { address, source: 'remembered', failures: 0, at: NOW - HOUR, connectMs: 100, reserved: true, ...change }
}

/** What is known of the better and of the worse of two. */
const cases: [string, Partial<RelayFacts>, Partial<RelayFacts>][] = [
  ['one from the page comes before one that is remembered', { source: 'given', at: 0, connectMs: null, reserved: null }, {}],
  ['one that is remembered comes before hearsay', {}, { source: 'hint', at: 0, connectMs: null, reserved: null }],
  ['one that works comes before one from the page that does not', {}, { source: 'given', failures: 1 }],
  ['hearsay comes before what fails again and again', { source: 'hint', at: 0 }, { failures: 3 }],
  ['two failures are an accident, and the source counts more', { source: 'given', failures: 2 }, { failures: 1 }],
  ['three failures are none', { failures: 2 }, { source: 'given', failures: 3 }],
  ['one with room for us comes before a full one', { reserved: true }, { reserved: false }],
  ['one that was never asked for a place comes before a full one', { reserved: null }, { reserved: false }],
  ['a slow one with a place comes before a quick one without', { connectMs: 2_000 }, { reserved: false, connectMs: 10 }],
  ['one of today comes before a quicker one of last week', { connectMs: 2_000 }, { at: NOW - 48 * HOUR }],
  ['one of this week comes before one of last year', { at: NOW - 100 * HOUR }, { at: NOW - 9_000 * HOUR }],
  ['of two of the same day the quicker comes first', { connectMs: 149 }, { connectMs: 150 }],
  ['of what never connected nothing bad is believed', { connectMs: null }, { connectMs: 1_000 }],
  ['nor anything very good', { connectMs: 20 }, { connectMs: null }]
]

describe('ranking relays', () => {
  test.each(cases)('%s', (_rule, better, worse) => {
    const [good, bad] = [facts('/good', better), facts('/bad', worse)]
    expect(rankRelays([bad, good], NOW)).toEqual(['/good', '/bad'])
    expect(rankRelays([good, bad], NOW)).toEqual(['/good', '/bad'])
  })

  test('where nothing tells them apart the order stays', () => {
    expect(rankRelays([facts('/a', { connectMs: 20 }), facts('/b', { connectMs: 10 }), facts('/c')], NOW)).toEqual(['/a', '/b', '/c'])
  })

  test('how long ago one from the page was used does not count', () => {
    const [first, second] = [facts('/first', { source: 'given', at: 0 }), facts('/second', { source: 'given' })]
    expect(rankRelays([first, second], NOW)).toEqual(['/first', '/second'])
  })
})
