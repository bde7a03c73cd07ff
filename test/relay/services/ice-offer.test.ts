import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { offerFor } from '../../../relay/services/ice-offer.ts'
import type { OwnTurn } from '../../../relay/services/ice-offer.ts'
import { parseIceUrl } from '../../../relay/services/ice-url.ts'
import { decodeIceServers, encodeIceServers } from '../../../src/wire/ice-servers.ts'

const OWN: OwnTurn = { secret: 'ours', ports: { udp: 3478, tcp: 3479 }, shared: { port: 8080, tls: false }, host: null }
const NOW = 1_900_000_000_000

const kinds = (own: OwnTurn | undefined, urls?: string[]): string[] =>
  offerFor('anna', { own, external: urls && { urls, secret: 'theirs' }, credentialSeconds: 60 }, NOW).servers
    .map(({ scheme, host, port, transport }) => `${scheme} ${host ?? '*'}:${port} ${transport}`)

describe('what a relay offers', () => {
  test('STUN and TURN of its own, over TCP first on the port that is open anyway', () => {
    expect(kinds(OWN)).toEqual(['stun *:3478 udp', 'turn *:3478 udp', 'turn *:8080 tcp', 'turn *:3479 tcp'])
  })

  test('TLS on its own port means TURN within TLS there', () => {
    expect(kinds({ ...OWN, shared: { port: 443, tls: true } })).toContain('turns *:443 tcp')
  })

  test('under the name of the certificate, also to those who came by an address', () => {
    const offered = kinds({ ...OWN, shared: { port: 443, tls: true, name: 'relay.example' } })
    expect(offered).toContain('turns relay.example:443 tcp')
    expect(offered).toContain('turn *:3479 tcp')
  })

  test('nothing on its own port behind a proxy, and an address that the proxy does not have', () => {
    expect(kinds({ ...OWN, shared: undefined, host: '203.0.113.5' })).toEqual(['stun 203.0.113.5:3478 udp', 'turn 203.0.113.5:3478 udp', 'turn 203.0.113.5:3479 tcp'])
  })

  test('only what listens', () => {
    expect(kinds({ ...OWN, ports: { udp: null, tcp: null } })).toEqual(['turn *:8080 tcp'])
    expect(kinds(undefined)).toEqual([])
  })

  test('other servers before its own, which somebody has set up on purpose', () => {
    expect(kinds(OWN, ['turn:turn.example?transport=udp', 'nonsense'])[0]).toBe('turn turn.example:3478 udp')
  })

  test('each credential is for that client, made with the secret of its server, and ends with the offer', () => {
    const { servers, lifetime } = offerFor('anna', { own: OWN, external: { urls: ['turn:turn.example'], secret: 'theirs' }, credentialSeconds: 60 }, NOW)
    const username = `${NOW / 1_000 + 60}:anna`
    const password = (secret: string): string => createHmac('sha1', secret).update(username).digest('base64')
    expect(lifetime).toBe(60)
    expect(servers.filter(({ scheme }) => scheme === 'stun').map((each) => [each.username, each.credential])).toEqual([[null, null]])
    expect(servers.find(({ host }) => host === 'turn.example')).toMatchObject({ username, credential: password('theirs') })
    expect(servers.findLast(({ scheme }) => scheme === 'turn')).toMatchObject({ username, credential: password('ours') })
  })

  test('passes the codec that clients read it with', () => {
    const offer = offerFor('12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt', { own: OWN, external: { urls: ['turns:[2001:db8::1]:443'], secret: 's' }, credentialSeconds: 43_200 }, NOW)
    expect(decodeIceServers(encodeIceServers(offer))).toEqual(offer)
  })
})

test.each([
  ['stun:stun.example', { scheme: 'stun', host: 'stun.example', port: 3478, transport: 'udp' }],
  ['turn:1.2.3.4:99', { scheme: 'turn', host: '1.2.3.4', port: 99, transport: 'udp' }],
  ['TURN:turn.example?transport=TCP', { scheme: 'turn', host: 'turn.example', port: 3478, transport: 'tcp' }],
  ['turns:turn.example', { scheme: 'turns', host: 'turn.example', port: 5349, transport: 'tcp' }],
  ['turns:[2001:db8::1]:443?transport=tcp', { scheme: 'turns', host: '2001:db8::1', port: 443, transport: 'tcp' }]
])('%s is read', (url, place) => {
  expect(parseIceUrl(url)).toEqual(place)
})

test.each([
  'stuns:stun.example', 'turn:', 'turn://turn.example', 'turn:turn.example:0', 'turn:turn.example:65536', 'stun:stun.example?transport=udp',
  'turns:turn.example?transport=udp', 'turn:turn.example?transport=sctp', 'turn:[1:2:3]', 'turn:user@turn.example', 'http:turn.example'
])('%s is not', (url) => {
  expect(parseIceUrl(url)).toBeUndefined()
})
