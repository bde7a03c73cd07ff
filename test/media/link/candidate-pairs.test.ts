import { expect, test } from 'vitest'
import { readPairs } from '../../../src/media/link/candidate-pairs.ts'

const LOCAL = { id: 'L', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls', address: '203.0.113.9' }
const REMOTE = { id: 'R', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp', address: '198.51.100.7' }
const PAIR = { type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', state: 'succeeded' }

test('the pair in use comes first, with both ends and the round trip in milliseconds', () => {
  const stats = [
    { ...PAIR, id: 'P1', state: 'failed' }, LOCAL, REMOTE,
    { ...PAIR, id: 'P2', currentRoundTripTime: 0.0421 },
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
  ]
  expect(readPairs(stats)).toEqual([
    { local: 'relay', remote: 'srflx', protocol: 'udp', relayProtocol: 'tls', state: 'succeeded', selected: true, rttMs: 42 },
    { local: 'relay', remote: 'srflx', protocol: 'udp', relayProtocol: 'tls', state: 'failed', selected: false, rttMs: null },
  ])
})

test('a browser may mark the pair itself', () => {
  expect(readPairs([LOCAL, REMOTE, { ...PAIR, id: 'P', selected: true }])[0]?.selected).toBe(true)
})

test('what is missing or malformed is unknown, and nothing throws', () => {
  expect(readPairs([null, 7, { ...PAIR, id: 'P', state: 3, currentRoundTripTime: 'soon' }])).toEqual([
    { local: 'unknown', remote: 'unknown', protocol: 'udp', relayProtocol: null, state: 'unknown', selected: false, rttMs: null },
  ])
})
