import { describe, expect, test } from 'vitest'
import { iceConfiguration, maySend, mayUse, stepFor, usableSdp } from '../../../src/media/link/transport-policy.ts'
import type { TransportPolicy } from '../../../src/media/types.ts'

const HOST = 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0 ufrag ab'
const MAPPED = 'candidate:2 1 udp 1686052607 198.51.100.7 50000 typ srflx raddr 192.0.2.1 rport 50000'
const RELAYED = 'candidate:3 1 udp 41885439 203.0.113.9 60000 typ relay raddr 0.0.0.0 rport 0'
const BARE = 'candidate:3 1 udp 41885439 203.0.113.9 60000 typ relay'
/** A user fragment is the peer's to choose. */
const SLY = 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host ufrag relay'

describe('candidates', () => {
  test.each<[TransportPolicy, string, boolean, boolean]>([
    ['all', HOST, true, true],
    ['all', RELAYED, true, true],
    ['relay', HOST, false, true],
    ['relay', MAPPED, false, true],
    ['relay', SLY, false, true],
    ['relay', RELAYED, true, true],
    ['relay', BARE, true, true],
    ['direct', HOST, true, true],
    ['direct', MAPPED, true, true],
    ['direct', SLY, true, true],
    ['direct', RELAYED, false, false],
    ['direct', BARE, false, false],
  ])('under %s, %s: told %s, used %s', (policy, candidate, told, used) => {
    expect([maySend(policy, candidate), mayUse(policy, candidate)]).toEqual([told, used])
  })

  test('in a description of another client are held to the same, and nothing else of it changes', () => {
    const sdp = ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', `a=${HOST}`, `a=${RELAYED}`, 'm=video 9 UDP/TLS/RTP/SAVPF 96', `a=${BARE}`, 'a=mid:1', ''].join('\r\n')
    expect(usableSdp('direct', sdp)).toBe(['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', `a=${HOST}`, 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:1', ''].join('\r\n'))
    expect(usableSdp('all', sdp)).toBe(sdp)
    expect(usableSdp('relay', sdp)).toBe(sdp)
  })
})

describe('configuration', () => {
  const servers: RTCIceServer[] = [
    { urls: ['stun:a.example:3478'] },
    { urls: ['turn:a.example:3478?transport=udp'], username: 'u', credential: 'c' },
    { urls: ['stun:b.example', 'TURNS:b.example:443'], username: 'u', credential: 'c' },
  ]

  test('takes the servers as they are unless media must go straight', () => {
    expect(iceConfiguration('all', servers)).toEqual({ iceServers: servers, iceTransportPolicy: 'all' })
    expect(iceConfiguration('relay', servers)).toEqual({ iceServers: servers, iceTransportPolicy: 'relay' })
  })

  test('has no TURN server, and no credential, where media must go straight', () => {
    expect(iceConfiguration('direct', servers)).toEqual({
      iceServers: [{ urls: ['stun:a.example:3478'] }, { urls: ['stun:b.example'] }], iceTransportPolicy: 'all',
    })
  })
})

test('a way that is forbidden from now on is torn down, one that is allowed from now on is looked for', () => {
  const all: TransportPolicy[] = ['all', 'relay', 'direct']
  expect(all.map((from) => all.map((to) => stepFor(from, to)))).toEqual([
    ['none', 'rebuild', 'rebuild'],
    ['restart-ice', 'none', 'rebuild'],
    ['restart-ice', 'rebuild', 'none'],
  ])
})
