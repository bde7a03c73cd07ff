import { describe, expect, test } from 'vitest'
import { chooseCarriers } from '../../src/node/carriers/choose-carriers.ts'
import type { CarrierName, Reach } from '../../src/node/carriers/choose-carriers.ts'

const usual: Reach = {
  audible: true, linked: false, heardOnPubsub: true, streamIsNewer: false, connected: false, dialable: true, unanswered: 0
}

const cases: [string, Partial<Reach>, CarrierName[]][] = [
  ['a peer heard on pubsub is answered there', {}, ['pubsub']],
  ['a peer whose last word came by stream is answered by stream', { streamIsNewer: true, connected: true }, ['stream']],
  ['a stream that is gone is not dialled anew while the peer is heard on pubsub', { streamIsNewer: true }, ['pubsub']],
  ['a peer never heard on pubsub gets a stream', { heardOnPubsub: false }, ['stream']],
  ['without a subscriber of the topic only the stream is left', { audible: false }, ['stream']],
  ['without an address only pubsub is left, heard or not', { dialable: false, heardOnPubsub: false }, ['pubsub']],
  ['two unanswered messages are still patience', { unanswered: 2 }, ['pubsub']],
  ['after three unanswered messages every way is used', { unanswered: 3 }, ['pubsub', 'stream']],
  ['no way at all is no carrier', { audible: false, dialable: false }, []],
  ['a link with the peer itself is no reason not to ask the others to pass it on', { linked: true }, ['pubsub']],
  ['with nobody else to pass it on, the link in doubt is used beside the stream', { audible: false, linked: true }, ['pubsub', 'stream']],
  ['a link in doubt is better than nothing', { audible: false, linked: true, dialable: false }, ['pubsub']]
]

describe('choosing carriers', () => {
  test.each(cases)('%s', (_rule, change, expected) => {
    expect(chooseCarriers({ ...usual, ...change })).toEqual(expected)
  })
})
