import { describe, expect, test } from 'vitest'
import { relaysForPage } from '../../../relay/http/page.ts'

const PEER = '12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'
const named = `/dns4/relay.example/tcp/443/tls/ws/p2p/${PEER}`
const plain = `/dns4/relay.example/tcp/80/ws/p2p/${PEER}`
const direct = (ip: string): string => `/ip${ip.includes(':') ? 6 : 4}/${ip}/udp/8080/webrtc-direct/certhash/uEiAkH5a4/p2p/${PEER}`
const LISTENED = [
  `/ip4/127.0.0.1/tcp/8080/ws/p2p/${PEER}`, `/ip4/192.168.1.5/tcp/8080/ws/p2p/${PEER}`, `/ip4/192.168.1.5/tcp/9080/p2p/${PEER}`,
  direct('127.0.0.1'), direct('192.168.1.5'), direct('8.8.4.4')
]

/** The page's relays for somebody who came like that, without the peer id. */
function told(host: string, secure: boolean, { announced = [] as string[], listened = LISTENED, bound = undefined as string | undefined } = {}): string[] {
  return relaysForPage({ host, secure }, { peerId: PEER, announced, listened, host: bound }).map((each) => each.replace(`/p2p/${PEER}`, ''))
}

const short = (ip: string): string => direct(ip).replace(`/p2p/${PEER}`, '')

test('the address by which the page came is first, then TLS, plain, and webrtc-direct', () => {
  const announced = [direct('8.8.8.8'), plain, named]
  expect(told('192.168.1.5:8080', false, { announced, listened: [] })).toEqual([
    '/ip4/192.168.1.5/tcp/8080/ws', '/dns4/relay.example/tcp/443/tls/ws', '/dns4/relay.example/tcp/80/ws', short('8.8.8.8')
  ])
})

test('a page that came by https is told nothing that its browser would block', () => {
  expect(told('relay.example', true, { announced: [plain, named, direct('8.8.8.8')], listened: [] })).toEqual([
    '/dns4/relay.example/tcp/443/tls/ws', short('8.8.8.8')
  ])
})

describe('webrtc-direct', () => {
  test('is told under the IP address by which the page came', () => {
    expect(told('192.168.1.5:8080', false)).toEqual(['/ip4/192.168.1.5/tcp/8080/ws', short('192.168.1.5')])
    expect(told('localhost:8080', false)).toEqual(['/ip4/127.0.0.1/tcp/8080/ws', short('127.0.0.1')])
  })

  test('is told under an IP address that only a router in front knows, unless the relay listens on one address only', () => {
    expect(told('9.9.9.9:8080', false).at(-1)).toBe(short('9.9.9.9'))
    expect(told('9.9.9.9:8080', false, { bound: '192.168.1.5', listened: [direct('192.168.1.5')] }).at(-1)).toBe(short('192.168.1.5'))
  })

  test('is told under public addresses first to who came by a name, and never under loopback', () => {
    expect(told('relay.example', true)).toEqual(['/dns4/relay.example/tcp/443/tls/ws', short('8.8.4.4'), short('192.168.1.5')])
  })

  test('is told under few addresses, however many networks the machine has', () => {
    const many = Array.from({ length: 30 }, (_, index) => direct(`10.0.${index}.1`))
    expect(told('relay.example', true, { listened: many }).filter((each) => each.includes('webrtc-direct'))).toHaveLength(4)
  })
})

test('addresses of the machine that nobody chose are told only where they can be of use', () => {
  const listened = [
    ...LISTENED, `/ip4/8.8.4.4/tcp/8080/ws/p2p/${PEER}`, `/ip4/8.8.4.4/tcp/8080/tls/ws/p2p/${PEER}`,
    `/ip4/8.8.4.4/tcp/8080/tls/sni/8-8-4-4.k51.libp2p.direct/ws/p2p/${PEER}`
  ]
  expect(told('relay.example', false, { listened }).filter((each) => each.includes('ws'))).toEqual([
    '/dns4/relay.example/tcp/80/ws', '/ip4/8.8.4.4/tcp/8080/tls/sni/8-8-4-4.k51.libp2p.direct/ws', '/ip4/8.8.4.4/tcp/8080/ws'
  ])
})
