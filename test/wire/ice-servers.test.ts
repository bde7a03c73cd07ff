import { describe, expect, test } from 'vitest'
import { decodeDrain, encodeDrain } from '../../src/wire/drain.ts'
import { decodeIceServers, encodeIceServers } from '../../src/wire/ice-servers.ts'
import type { IceServer, IceServersMessage } from '../../src/wire/ice-servers.ts'
import { MAX_DRAIN_BYTES, MAX_DRAIN_MS, MAX_ICE_LIFETIME_S, MAX_ICE_SERVERS, MAX_ICE_SERVERS_BYTES } from '../../src/wire/protocol.ts'

const STUN: IceServer = { scheme: 'stun', host: null, port: 3478, transport: 'udp', username: null, credential: null }
const TURN: IceServer = { scheme: 'turn', host: 'turn.example', port: 443, transport: 'tcp', username: '1:a', credential: 'b=' }

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const offer = (server: object): Uint8Array => bytes({ servers: [server], lifetime: 60 })

describe('ICE servers', () => {
  test('what is written can be read', () => {
    const message: IceServersMessage = { servers: [STUN, TURN, { ...TURN, scheme: 'turns', host: '2001:db8::1' }], lifetime: 3_600 }
    expect(decodeIceServers(encodeIceServers(message))).toEqual(message)
  })

  test('fields of later versions are left behind', () => {
    expect(decodeIceServers(offer({ ...STUN, region: 'eu' })).servers).toEqual([STUN])
  })

  test.each<[string, object]>([
    ['another scheme', { ...STUN, scheme: 'http' }],
    ['port 0', { ...STUN, port: 0 }],
    ['a port above all', { ...STUN, port: 65_536 }],
    ['a field that is missing', { scheme: 'stun', port: 1, transport: 'udp', username: null, credential: null }],
    ['a URL for a host', { ...TURN, host: 'a/b' }],
    ['a host with a user', { ...TURN, host: 'a@b' }],
    ['a host in brackets', { ...TURN, host: '[::1]' }],
    ['a host with a port', { ...TURN, host: 'turn.example:1' }],
    ['a broken IPv4 address', { ...TURN, host: '1.2.3.4.5' }],
    ['a broken IPv6 address', { ...TURN, host: '1:::2' }],
    ['an empty host', { ...TURN, host: '' }],
    ['a long host', { ...TURN, host: 'a'.repeat(254) }],
    ['turn without a credential', { ...TURN, credential: null }],
    ['stun with one', { ...STUN, username: 'a', credential: 'b' }],
    ['a long user name', { ...TURN, username: 'a'.repeat(257) }],
    ['a control character', { ...TURN, username: 'a\n' }],
    ['turns over UDP', { ...TURN, scheme: 'turns', transport: 'udp' }],
    ['stun over TCP', { ...STUN, transport: 'tcp' }]
  ])('%s is refused', (_what, server) => {
    expect(() => decodeIceServers(offer(server))).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  test('as many servers as allowed pass, one more does not', () => {
    const of = (count: number): Uint8Array => bytes({ servers: Array.from({ length: count }, () => STUN), lifetime: 1 })
    expect(decodeIceServers(of(MAX_ICE_SERVERS)).servers).toHaveLength(MAX_ICE_SERVERS)
    expect(() => decodeIceServers(of(MAX_ICE_SERVERS + 1))).toThrow()
  })

  test.each([0, -1, 1.5, MAX_ICE_LIFETIME_S + 1, '60', null])('a lifetime of %j is refused', (lifetime) => {
    expect(() => decodeIceServers(bytes({ servers: [], lifetime }))).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  test('size comes before everything else', () => {
    const padded = new Uint8Array(MAX_ICE_SERVERS_BYTES + 1).fill(0x20)
    expect(() => decodeIceServers(padded)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })
})

describe('drain', () => {
  test('what is written can be read, up to the longest time', () => {
    for (const ms of [0, 10_000, MAX_DRAIN_MS]) expect(decodeDrain(encodeDrain({ ms }))).toEqual({ ms })
  })

  test.each([-1, 0.5, MAX_DRAIN_MS + 1, 1e300, '1', null, undefined])('%j milliseconds are refused', (ms) => {
    expect(() => decodeDrain(bytes({ ms }))).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  test('more bytes than a number needs are refused', () => {
    expect(() => decodeDrain(new Uint8Array(MAX_DRAIN_BYTES + 1))).toThrow(expect.objectContaining({ code: 'too-large' }))
  })
})
