import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../src/room/doctor/findings.ts'
import type { FindingCode, Observations } from '../../../src/room/doctor/types.ts'
import { ana, deadRelay, observed, pair, relay, servers } from './observations.ts'

const codes = (changes: Partial<Observations>): FindingCode[] => findingsOf(observed(changes)).map(({ code }) => code)

const noUdp = servers('no-answer', 'no-answer', 'carried')
const noTurn = servers('answered', 'no-answer', 'no-answer')
const webrtcOnly = relay(1, { ways: [
  { transport: 'wss', outcome: 'no-answer', ms: null, rttMs: null }, { transport: 'webrtc-direct', outcome: 'reached', ms: 90, rttMs: 20 },
] })
const failedPair = pair({ state: 'failed', selected: false, rttMs: null })
const lost = ana({ connected: false, pairs: [failedPair] })

type Case = [what: string, changes: Partial<Observations>, found: FindingCode[]]

describe('the network', () => {
  test.each<Case>([
    ['nothing is wrong', {}, ['all-fine']],
    ['an insecure page explains everything else', { page: 'insecure', camera: 'capture-unsupported', relays: null }, ['page-insecure']],
    ['without WebRTC nothing else matters', { page: 'no-webrtc', relays: [] }, ['no-webrtc']],
    ['offline explains silent relays', { onLine: false, relays: [deadRelay(1)] }, ['offline']],
    ['nobody knows a relay', { relays: [] }, ['no-relay-known']],
    ['the network was not looked at', { relays: null }, ['all-fine']],
    ['all relays are silent', { relays: [deadRelay(1), deadRelay(2)] }, ['no-relay-answers']],
    ['one of two relays is silent', { relays: [relay(1), deadRelay(2)] }, ['relay-silent']],
    ['something else answers', { relays: [relay(1), relay(2, { isRelay: false, reserved: false })] }, ['not-a-relay']],
    ['a relay is far', { relays: [relay(1, { ways: [{ transport: 'wss', outcome: 'reached', ms: 900, rttMs: 300 }] })] }, ['relay-slow']],
    ['a relay is not quite far', { relays: [relay(1, { ways: [{ transport: 'wss', outcome: 'reached', ms: 900, rttMs: 299 }] })] }, ['all-fine']],
    ['no relay holds a place for us', { relays: [relay(1, { reserved: false })] }, ['not-findable']],
    ['one of two holds a place', { relays: [relay(1, { reserved: false }), relay(2)] }, ['all-fine']],
    ['UDP fails at two relays: it is this network', { relays: [relay(1, { servers: noUdp }), relay(2, { servers: noUdp })] }, ['udp-blocked']],
    ['UDP fails at the only relay: who knows', { relays: [relay(1, { servers: noUdp })] }, ['udp-unanswered']],
    ['UDP works at one of two', { relays: [relay(1, { servers: noUdp }), relay(2)] }, ['all-fine']],
    ['UDP works by webrtc-direct at least', { relays: [{ ...webrtcOnly, ways: [...webrtcOnly.ways, ...relay(1).ways], servers: noUdp }] }, ['all-fine']],
    ['only UDP works', { relays: [{ ...webrtcOnly, servers: servers('answered', 'carried', 'no-answer') }] }, ['tcp-blocked']],
    ['no relay offers TURN', { relays: [relay(1, { servers: [{ kind: 'stun', outcome: 'answered' }] })] }, ['turn-none']],
    ['relays offer no servers at all', { relays: [relay(1, { servers: null })] }, ['turn-none']],
    ['TURN is silent', { relays: [relay(1, { servers: noTurn })] }, ['turn-unreachable']],
    ['TURN refuses', { relays: [relay(1, { servers: servers('answered', 'refused', 'no-answer') })] }, ['turn-refused']],
    ['TURN accepts and carries nothing', { relays: [relay(1, { servers: servers('answered', 'allocated', 'refused') })] }, ['turn-carries-nothing']],
    ['nothing by UDP and no TURN', { relays: [relay(1, { servers: servers('no-answer', 'no-answer', 'no-answer') })] }, ['udp-unanswered', 'turn-unreachable']],
    ['a hard NAT with TURN', { nat: 'hard' }, ['nat-hard']],
    ['a hard NAT does not matter to who wants a relay', { nat: 'hard', policy: 'relay' }, ['all-fine']],
    ['a hard NAT without TURN', { nat: 'hard', relays: [relay(1, { servers: noTurn })] }, ['nat-hard-alone', 'turn-unreachable']],
    ['relay only, and no TURN', { policy: 'relay', relays: [relay(1, { servers: noTurn })] }, ['relay-only-alone', 'turn-unreachable']],
  ])('%s', (_what, changes, found) => expect(codes(changes)).toEqual(found))
})

describe('devices', () => {
  test.each<Case>([
    ['camera refused', { camera: 'permission-refused' }, ['camera-failed']],
    ['camera covered', { camera: 'no-picture' }, ['camera-dark']],
    ['camera question open', { camera: 'unanswered' }, ['camera-unanswered']],
    ['microphone missing', { microphone: 'device-missing' }, ['microphone-failed']],
    ['microphone muted in the system', { microphone: 'silent' }, ['microphone-silent']],
    ['nobody spoke', { microphone: 'faint' }, ['microphone-faint']],
    ['microphone question open', { microphone: 'unanswered' }, ['microphone-unanswered']],
    ['the browser lets nobody listen', { microphone: 'unmeasured' }, ['all-fine']],
    ['muted in Parley', { mutedHere: true }, ['muted-here']],
    ['not looked at', { camera: null, microphone: null }, ['all-fine']],
  ])('%s', (_what, changes, found) => expect(codes(changes)).toEqual(found))

  test('a device that does not start carries its reason', () => {
    expect(findingsOf(observed({ microphone: 'device-busy' }))[0]).toMatchObject({ code: 'microphone-failed', error: 'device-busy', side: 'you' })
  })
})

describe('people', () => {
  const noWay = relay(1, { servers: servers('no-answer', 'no-answer', 'no-answer') })
  test.each<Case>([
    ['connected directly', { people: [ana()] }, ['all-fine']],
    ['connected, nothing measured yet', { people: [ana({ pairs: [] })] }, ['all-fine']],
    ['through our relay', { people: [ana({ pairs: [pair({ local: 'relay', relayProtocol: 'udp' })] })] }, ['person-relayed']],
    ['through their relay', { people: [ana({ pairs: [pair({ remote: 'relay' })] })] }, ['person-relayed']],
    ['through a relay, as wished', { policy: 'relay', people: [ana({ pairs: [pair({ local: 'relay', relayProtocol: 'udp' })] })] }, ['all-fine']],
    ['through a relay by TCP', { people: [ana({ pairs: [pair({ local: 'relay', relayProtocol: 'tcp' })] })] }, ['person-relayed-tcp']],
    ['far away', { people: [ana({ pairs: [pair({ rttMs: 400 })] })] }, ['person-slow']],
    ['not quite so far', { people: [ana({ pairs: [pair({ rttMs: 399 })] })] }, ['all-fine']],
    ['lost, our side is fine', { people: [lost] }, ['person-their-side']],
    ['lost, nothing came from there', { people: [ana({ connected: false, pairs: [] })] }, ['person-unheard']],
    ['lost, nothing leaves our network', { relays: [noWay], people: [lost] }, ['udp-unanswered', 'person-your-side', 'turn-unreachable']],
    ['lost, and nobody to carry', { relays: [relay(1, { servers: noTurn })], people: [lost] }, ['person-no-way', 'turn-unreachable']],
    ['lost, and we allow no detour', { policy: 'direct', people: [lost] }, ['person-policy']],
    ['lost, relay only without TURN', { policy: 'relay', relays: [relay(1, { servers: noTurn })], people: [lost] },
      ['relay-only-alone', 'person-your-side', 'turn-unreachable']],
  ])('%s', (_what, changes, found) => expect(codes(changes)).toEqual(found))
})

test('what prevents calls comes before what only is worth knowing, and names whom it is about', () => {
  const found = findingsOf(observed({ relays: [relay(1), deadRelay(2)], microphone: 'silent', people: [lost] }))
  expect(found.map(({ code, severity, subject }) => [code, severity, subject?.label])).toEqual([
    ['microphone-silent', 'problem', undefined],
    ['person-their-side', 'problem', 'Ana'],
    ['relay-silent', 'note', 'relay2.example'],
  ])
})
