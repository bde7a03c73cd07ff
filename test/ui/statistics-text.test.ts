import { describe, expect, test } from 'vitest'
import type { LinkStatistics } from '../../src/room/views.ts'
import { linePath } from '../../src/ui/sparkline.ts'
import { flowFacts, linkFacts, rateText, statisticsText } from '../../src/ui/statistics-text.ts'

const FLOW: LinkStatistics['flows'][number] = {
  name: 'camera', direction: 'received', codec: 'VP8', bitsPerSecond: 812_345, loss: 0.0123, jitterMs: 4.56, width: 640, height: 360,
  framesPerSecond: 24.9, freezes: 2, concealed: null,
}
const LINK: LinkStatistics = {
  at: 0, receivedBps: 900_000, sentBps: 1_250_000, roundTripMs: 31.4, path: { relay: 'relay.example', protocol: 'tcp', roundTripMs: 30 }, flows: [FLOW],
}

describe('statistics in words', () => {
  test.each([[0, '0 kbit/s'], [999_400, '999 kbit/s'], [1_250_000, '1.3 Mbit/s']])('%i bits a second are %s', (bits, text) => {
    expect(rateText(bits)).toBe(text)
  })

  test('tell what is known, and nothing of the rest', () => {
    expect(linkFacts(LINK).map(([, value]) => value)).toEqual(['900 kbit/s', '1.3 Mbit/s', '31 ms', 'through relay.example, TCP'])
    expect(linkFacts({ ...LINK, roundTripMs: null, path: null })).toHaveLength(2)
    expect(flowFacts(FLOW).map(([, value]) => value)).toEqual(['812 kbit/s', '1.2%', '4.6 ms', 'VP8', '640 × 360', '25', '2'])
  })

  test('are copied with names', () => {
    expect(statisticsText([{ name: 'Ada', latest: LINK }])).toMatch(/^Ada, 1970.*\n {2}Received: 900 kbit\/s\n[\s\S]* {2}Camera, received\n {4}Bitrate: 812/)
  })
})

describe('a plot', () => {
  test('needs two values', () => {
    expect(linePath([], 60)).toBe('')
    expect(linePath([5], 60)).toBe('')
  })

  test('goes from zero at the bottom to the highest value at the top, and ends at the right', () => {
    expect(linePath([0, 10], 3)).toBe('M60 26L120 2')
    expect(linePath([1, 0, 0, 0], 3)).toBe('M0 26L60 26L120 26')
  })
})
