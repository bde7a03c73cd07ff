import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, test } from 'vitest'
import { IceShelf } from '../../src/node/ice-shelf.ts'
import { offeredServers, rtcIceServers } from '../../src/node/ice-urls.ts'
import { effect } from '../../src/util/signals.ts'
import type { IceServer } from '../../src/wire/ice-servers.ts'

const STUN: IceServer = { scheme: 'stun', host: null, port: 3478, transport: 'udp', username: null, credential: null }
const UDP: IceServer = { scheme: 'turn', host: null, port: 3478, transport: 'udp', username: 'u', credential: 'c' }
const TCP: IceServer = { ...UDP, transport: 'tcp' }
const TLS: IceServer = { ...TCP, scheme: 'turns', port: 443 }

const urls = (servers: IceServer[], address: string, privateAllowed = false): unknown[] =>
  rtcIceServers({ servers, lifetime: 60 }, { address: multiaddr(address), privateAllowed }).flatMap((server) => server.urls)

describe('URLs for RTCPeerConnection', () => {
  test.each([
    ['/dns4/relay.example/tcp/443/tls/ws', 'relay.example'],
    ['/ip4/203.0.113.5/tcp/8080/ws', '203.0.113.5'],
    ['/ip6/2001:db8::1/tcp/8080/ws', '[2001:db8::1]'],
    ['/ip4/203.0.113.5/udp/8080/webrtc-direct', '203.0.113.5']
  ])('a server without a host is at the relay, reached as %s', (address, host) => {
    expect(urls([STUN, UDP, TCP], address)).toEqual([`stun:${host}:3478`, `turn:${host}:3478?transport=udp`, `turn:${host}:3478?transport=tcp`])
  })

  test('of each kind the first one counts: UDP, then TCP, then TLS', () => {
    const many = [STUN, { ...STUN, port: 1 }, UDP, { ...UDP, port: 2 }, TCP, TLS]
    expect(urls(many, '/dns4/relay.example/tcp/443/tls/ws')).toEqual([
      'stun:relay.example:3478', 'turn:relay.example:3478?transport=udp', 'turn:relay.example:3478?transport=tcp',
      'turns:relay.example:443?transport=tcp'
    ])
  })

  test('TLS needs a name', () => {
    expect(urls([TLS, TCP], '/ip4/203.0.113.5/tcp/443/ws')).toEqual(['turn:203.0.113.5:3478?transport=tcp'])
    expect(urls([{ ...TLS, host: 'turn.example' }], '/ip4/203.0.113.5/tcp/443/ws')).toEqual(['turns:turn.example:443?transport=tcp'])
  })

  test('an examination tries every server by itself, each by its kind', () => {
    const reached = { address: multiaddr('/dns4/relay.example/tcp/443/tls/ws'), privateAllowed: false }
    const offered = offeredServers({ servers: [TCP, { ...TCP, port: 8080 }, TLS, STUN, UDP, { ...UDP, host: '10.0.0.1' }], lifetime: 60 }, reached)
    expect(offered.map(({ kind, server }) => [kind, ...server.urls])).toEqual([
      ['stun', 'stun:relay.example:3478'],
      ['turn-udp', 'turn:relay.example:3478?transport=udp'],
      ['turn-tcp', 'turn:relay.example:3478?transport=tcp'],
      ['turn-tcp', 'turn:relay.example:8080?transport=tcp'],
      ['turn-tls', 'turns:relay.example:443?transport=tcp']
    ])
  })

  test('credentials go with TURN only', () => {
    const [stun, turn] = rtcIceServers({ servers: [STUN, UDP], lifetime: 60 }, { address: multiaddr('/dns4/a.example/tcp/1/ws'), privateAllowed: false })
    expect(stun).toEqual({ urls: ['stun:a.example:3478'] })
    expect(turn).toEqual({ urls: ['turn:a.example:3478?transport=udp'], username: 'u', credential: 'c' })
  })

  test('a relay cannot send a public page into its own network, except to where the relay itself is', () => {
    const inside = [{ ...STUN, host: '192.168.1.1' }, { ...UDP, host: 'fd00::1' }]
    expect(urls(inside, '/dns4/relay.example/tcp/443/tls/ws')).toEqual([])
    expect(urls(inside, '/dns4/relay.example/tcp/443/tls/ws', true)).toHaveLength(2)
    expect(urls(inside, '/ip4/192.168.1.1/tcp/8080/ws')).toEqual(['stun:192.168.1.1:3478'])
  })
})

describe('the shelf', () => {
  const server = (name: string): RTCIceServer[] => [{ urls: [`stun:${name}`] }]
  const used = (shelf: IceShelf): unknown[] => shelf.servers.value.flatMap(({ urls: each }) => each)

  test('two relays serve at a time, and a third when one of them goes', () => {
    const shelf = new IceShelf()
    for (const name of ['a', 'b', 'c']) shelf.put(name, server(name))
    expect(used(shelf)).toEqual(['stun:a', 'stun:b'])
    shelf.drop('a')
    expect(used(shelf)).toEqual(['stun:b', 'stun:c'])
  })

  test('a relay that we have lost comes after those that we have, until it is back', () => {
    const shelf = new IceShelf()
    for (const name of ['a', 'b', 'c']) shelf.put(name, server(name))
    shelf.leave('a')
    expect(used(shelf)).toEqual(['stun:b', 'stun:c'])
    shelf.leave('b')
    expect(used(shelf)).toEqual(['stun:c', 'stun:a'])
    shelf.put('a', server('a'))
    expect(used(shelf)).toEqual(['stun:a', 'stun:c'])
    shelf.leave('unknown')
    expect(used(shelf)).toEqual(['stun:a', 'stun:c'])
  })

  test('TURN by TCP and TLS is used of one relay, the first that has it', () => {
    const shelf = new IceShelf()
    const turn = (name: string, ...transports: string[]): RTCIceServer[] => transports.map((transport) => ({ urls: [`turn:${name}?transport=${transport}`] }))
    shelf.put('a', turn('a', 'udp'))
    shelf.put('b', turn('b', 'udp', 'tcp'))
    expect(used(shelf)).toEqual(['turn:a?transport=udp', 'turn:b?transport=udp', 'turn:b?transport=tcp'])
    shelf.put('a', turn('a', 'udp', 'tcp'))
    expect(used(shelf)).toEqual(['turn:a?transport=udp', 'turn:a?transport=tcp', 'turn:b?transport=udp'])
    shelf.leave('a')
    expect(used(shelf)).toEqual(['turn:b?transport=udp', 'turn:b?transport=tcp', 'turn:a?transport=udp'])
  })

  test('a relay that offers nothing takes no place', () => {
    const shelf = new IceShelf()
    shelf.put('a', [])
    for (const name of ['b', 'c']) shelf.put(name, server(name))
    expect(used(shelf)).toEqual(['stun:b', 'stun:c'])
  })

  test('fresh credentials keep their place; the same ones again wake nobody', () => {
    const shelf = new IceShelf()
    shelf.put('a', server('a'))
    shelf.put('b', server('b'))
    let wakes = -1
    const stop = effect(() => { void shelf.servers.value; wakes++ })
    shelf.put('a', server('a'))
    expect(wakes).toBe(0)
    shelf.put('a', server('a2'))
    expect(wakes).toBe(1)
    expect(used(shelf)).toEqual(['stun:a2', 'stun:b'])
    stop()
  })

  test('more relays than it keeps are not kept', () => {
    const shelf = new IceShelf()
    for (let i = 0; i < 20; i++) shelf.put(String(i), server(String(i)))
    for (let i = 0; i < 6; i++) shelf.drop(String(i))
    expect(used(shelf)).toEqual([])
  })
})
