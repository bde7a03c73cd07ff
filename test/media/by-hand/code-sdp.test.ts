import { describe, expect, it } from 'vitest'
import { firstMid, readCodeIce, writeCodeCandidates, writeCodeSdp } from '../../../src/media/by-hand/code-sdp.ts'
import { ICE } from '../../wire/code-samples.ts'

const SDP = [
  'v=0', 'o=- 46117317 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE data', 'a=msid-semantic: WMS',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=ice-ufrag:wn+/', 'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'a=ice-options:trickle', `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'aB').join(':')}`, 'a=setup:actpass', 'a=mid:data',
  'a=sctp-port:5000', 'a=max-message-size:262144', '',
].join('\r\n')

const udp = (type: string, address: string, port: number, priority = 1): string =>
  `candidate:1 1 udp ${priority} ${address} ${port} typ ${type}${type === 'host' ? '' : ' raddr 0.0.0.0 rport 0'} generation 0 ufrag wn+/`

describe('what a code carries of a description', () => {
  it('is credentials, fingerprint and role', () => {
    expect(readCodeIce(SDP, [])).toEqual({
      ufrag: 'wn+/', pwd: 'abcdefghijklmnopqrstuvwx', fingerprint: new Uint8Array(32).fill(0xab), setup: 'actpass', candidates: [],
    })
    expect(firstMid(SDP)).toBe('data')
    expect(readCodeIce(SDP.replace('actpass', 'passive'), []).setup).toBe('passive')
  })

  it('comes back out of the description that is written from it', () => {
    for (const setup of ['actpass', 'active', 'passive'] as const) {
      const ice = { ...ICE, setup }
      expect(readCodeIce(writeCodeSdp(ice), writeCodeCandidates(ice))).toEqual(ice)
    }
  })

  it('is nothing without a SHA-256 fingerprint', () => {
    expect(() => readCodeIce(SDP.replace('sha-256', 'sha-1'), [])).toThrow('SHA-256')
  })
})

describe('candidates for a code', () => {
  const chosen = (...lines: string[]): string[] => readCodeIce(SDP, lines).candidates.map(({ type, address, port }) => `${type} ${address} ${port}`)

  it.each([
    ['TCP', 'candidate:1 1 tcp 1 10.0.0.1 9 typ host tcptype active'],
    ['a name that is not mDNS', udp('host', 'router.lan', 5)],
    ['port 0', udp('host', '10.0.0.1', 0)],
    ['the second component', 'candidate:1 2 udp 1 10.0.0.1 5 typ host'],
    ['the end', ''],
  ])('leave out %s', (_, line) => {
    expect(chosen(line)).toEqual([])
  })

  it('are there once each, best first', () => {
    expect(chosen(udp('srflx', '203.0.113.9', 7, 5), udp('host', '10.0.0.1', 5, 9), udp('host', '10.0.0.1', 5, 8)))
      .toEqual(['host 10.0.0.1 5', 'srflx 203.0.113.9 7'])
  })

  it('of a device with many network cards do not crowd out the ways through a NAT', () => {
    const hosts = Array.from({ length: 20 }, (_, index) => udp('host', `10.0.${index}.1`, 5, 1_000 - index))
    const found = chosen(...hosts, udp('srflx', '203.0.113.9', 7), udp('relay', '198.51.100.7', 8, 0))
    expect(found).toHaveLength(7)
    expect(found.slice(-2)).toEqual(['srflx 203.0.113.9 7', 'relay 198.51.100.7 8'])
  })

  it('are written with falling priorities, relays last', () => {
    const priorities = writeCodeCandidates(ICE).map((line) => Number(line.split(' ')[3]))
    expect(priorities).toEqual(priorities.toSorted((a, b) => b - a))
    expect(Math.max(...priorities)).toBeLessThan(2 ** 31)
  })
})
