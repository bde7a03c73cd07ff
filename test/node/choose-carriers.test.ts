import { describe, expect, test } from 'vitest'
import { chooseCarriers } from '../../src/node/carriers/choose-carriers.ts'
import type { CarrierName, Reach } from '../../src/node/carriers/choose-carriers.ts'

const usual: Reach = { audible: true, heardOnPubsub: true, streamIsNewer: false, dialable: true, unanswered: 0 }

const cases: [string, Partial<Reach>, CarrierName[]][] = [
  ['a peer heard on pubsub is answered there', {}, ['pubsub']],
  ['a peer whose last word came by stream is answered by stream', { streamIsNewer: true }, ['stream']],
  ['a peer never heard on pubsub gets a stream', { heardOnPubsub: false }, ['stream']],
  ['without a subscriber of the topic only the stream is left', { audible: false }, ['stream']],
  ['without an address only pubsub is left, heard or not', { dialable: false, heardOnPubsub: false }, ['pubsub']],
  ['two unanswered messages are still patience', { unanswered: 2 }, ['pubsub']],
  ['after three unanswered messages every way is used', { unanswered: 3 }, ['pubsub', 'stream']],
  ['no way at all is no carrier', { audible: false, dialable: false }, []]
]

describe('choosing carriers', () => {
  test.each(cases)('%s', (_rule, change, expected) => {
    expect(chooseCarriers({ ...usual, ...change })).toEqual(expected)
  })
})
