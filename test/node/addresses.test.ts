import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, test } from 'vitest'
import { asCircuit, denyDial, dialableAddresses, hostOf, parseAddress, peerOf } from '../../src/node/addresses.ts'
import { webSocketUrl } from '../../src/util/warm-socket.ts'
import { Refusal } from '../../src/wire/message.ts'
import type { PeerKey } from '../../src/wire/message.ts'
import { MAX_ADDRESS_CHARS } from '../../src/wire/protocol.ts'

const RELAY = '12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt'
const SELF = '12D3KooWRBy97UB99e3J6hiPesre1MZeuNQvfan4gBziswrRJsNK' as PeerKey
const CIRCUIT = `/ip4/127.0.0.1/tcp/8080/ws/p2p/${RELAY}/p2p-circuit`

describe('addresses', () => {
  test.each(['', 'hello', '/', '/ip4/999.1.1.1/tcp/1', '/ip4/1.2.3.4/tcp/99999', '/nonsense/1', `/dns4/${'a'.repeat(MAX_ADDRESS_CHARS)}/tcp/1`])(
    'refuses %j as malformed', (text) => {
      expect(() => parseAddress(text)).toThrow(Refusal)
    })

  test('the peer is the last part, not the relay', () => {
    expect(peerOf(multiaddr(`${CIRCUIT}/p2p/${SELF}`))).toBe(SELF)
    expect(peerOf(multiaddr(CIRCUIT))).toBeUndefined()
  })

  test('a browser lists its WebRTC address first, each once and with its own id', () => {
    const listed = dialableAddresses([CIRCUIT, `${CIRCUIT}/p2p/${SELF}`, `${CIRCUIT}/webrtc`, '/ip4/127.0.0.1/tcp/1/ws'].map((text) => multiaddr(text)), SELF)
    expect(listed).toEqual([`${CIRCUIT}/webrtc/p2p/${SELF}`, `${CIRCUIT}/p2p/${SELF}`])
  })

  test('signaling dials the circuit, not the WebRTC step', () => {
    expect(asCircuit(multiaddr(`${CIRCUIT}/webrtc/p2p/${SELF}`)).toString()).toBe(`${CIRCUIT}/p2p/${SELF}`)
  })

  test.each([
    ['/ip4/127.0.0.1/tcp/8080/ws/p2p/x', 'ws://127.0.0.1:8080'],
    ['/dns4/relay.example/tcp/443/tls/ws/p2p/x', 'wss://relay.example:443'],
    ['/dns4/relay.example/tcp/443/wss', 'wss://relay.example:443'],
    ['/ip6/::1/tcp/80/ws', 'ws://[::1]:80'],
    ['/ip4/1.2.3.4/tcp/9/p2p/x', undefined],
    [`${CIRCUIT}/p2p/x`, undefined],
    ['nonsense', undefined]
  ])('the WebSocket URL of %s is %s', (address, url) => {
    expect(webSocketUrl(address)).toBe(url)
  })
})

describe('what a page may dial', () => {
  const local = { localPage: true, securePage: false }
  const secure = { localPage: false, securePage: true }
  const publicHttp = { localPage: false, securePage: false }
  const cases: [string, string, typeof local, boolean][] = [
    ['a local page dials its own machine', '/ip4/127.0.0.1/tcp/1/ws', local, false],
    ['a public page leaves private addresses alone', '/ip4/192.168.1.1/tcp/1/ws', publicHttp, true],
    ['a public page leaves loopback alone, also behind a circuit', CIRCUIT, publicHttp, true],
    ['a secure page does not try plain WebSockets', '/dns4/relay.example/tcp/80/ws', secure, true],
    ['a secure page dials secure WebSockets', '/dns4/relay.example/tcp/443/tls/ws', secure, false],
    ['nobody dials raw TCP', '/ip4/1.2.3.4/tcp/1', local, true]
  ]
  test.each(cases)('%s', (_rule, address, rule, denied) => {
    expect(denyDial(multiaddr(address), rule, new Set())).toBe(denied)
  })

  test('an address that the person named is dialled all the same', () => {
    const approved = new Set([hostOf('/ip4/192.168.1.1/tcp/1/ws') ?? ''])
    expect(denyDial(multiaddr('/ip4/192.168.1.1/tcp/1/ws'), publicHttp, approved)).toBe(false)
    expect(denyDial(multiaddr('/ip4/192.168.1.2/tcp/1/ws'), publicHttp, approved)).toBe(true)
  })
})
