import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, test } from 'vitest'
import { announcedAddresses, announcement, isPublic } from '../../../relay/config/announce.ts'
import type { AnnounceConfig, Listening } from '../../../relay/config/announce.ts'
import { defaultConfig } from '../../../relay/config/defaults.ts'

const PUBLIC = '8.8.4.4'
const PUBLIC6 = '2a02::1'
const DIRECT = `/ip4/${PUBLIC}/udp/8080/webrtc-direct`
const LISTENING: Listening = { port: 8080, tcpPort: 9080, direct: [], interfaces: ['127.0.0.1', '192.168.1.5', '::1'] }
const FILES = { kind: 'files', cert: 'c.pem', key: 'k.pem' } as const

function config(choice: Partial<AnnounceConfig> & { publicAddresses?: string[] } = {}): AnnounceConfig {
  const { publicAddresses = [], ...rest } = choice
  return { ...defaultConfig(), turn: { publicAddresses }, ...rest }
}

describe('what is announced', () => {
  test.each<[string, AnnounceConfig, Partial<Listening>, string[]]>([
    ['nothing by a relay at home', config(), {}, []],
    ['each public address of our own, about which libp2p is unsure', config(), { interfaces: ['127.0.0.1', PUBLIC, PUBLIC6], direct: [DIRECT] },
      [`/ip4/${PUBLIC}/tcp/8080/ws`, `/ip4/${PUBLIC}/tcp/9080`, `/ip6/${PUBLIC6}/tcp/8080/ws`, DIRECT]],
    ['nothing of an interface that we do not listen on', config({ host: '192.168.1.5' }), { interfaces: [PUBLIC] }, []],
    ['the address that a router translates to ours', config({ publicAddresses: [PUBLIC] }), { tcpPort: undefined },
      [`/ip4/${PUBLIC}/tcp/8080/ws`]],
    ['not that one when only this machine is let in', config({ host: '127.0.0.1', publicAddresses: [PUBLIC] }), {}, []],
    ['only what is encrypted, with a certificate', config({ tls: FILES, host: PUBLIC }), { tcpPort: undefined }, [`/ip4/${PUBLIC}/tcp/8080/tls/ws`]],
    ['a name without a certificate', config({ name: 'a.example' }), {}, ['/dns4/a.example/tcp/8080/ws', '/dns4/a.example/tcp/9080']],
    ['a name with a certificate', config({ name: 'a.example', tls: FILES }), { port: 443, tcpPort: undefined }, ['/dns4/a.example/tcp/443/tls/ws']],
    ['a name behind a proxy, which alone is sure to be reached', config({ name: 'a.example', trustProxy: true }), {}, ['/dns4/a.example/tcp/443/tls/ws']],
    ['a name, and webrtc-direct by address, since browsers look up no name for it', config({ name: 'a.example' }), { tcpPort: undefined, interfaces: ['10.0.0.1', PUBLIC], direct: [DIRECT] },
      ['/dns4/a.example/tcp/8080/ws', DIRECT]],
    ['what was typed rather than the name', config({ name: 'a.example', announce: ['/dns4/b.example/tcp/1/ws'] }), {}, ['/dns4/b.example/tcp/1/ws']],
    ['what was typed, once', config({ announce: [DIRECT] }), { direct: [DIRECT] }, [DIRECT]],
    ['public addresses beside what was typed when they are to get a certificate', config({ tls: { kind: 'auto' }, announce: ['/dns4/b.example/tcp/1/ws'] }), { interfaces: [PUBLIC], tcpPort: undefined },
      ['/dns4/b.example/tcp/1/ws', `/ip4/${PUBLIC}/tcp/8080/ws`]]
  ])('%s', (_what, chosen, listening, expected) => {
    expect(announcedAddresses(chosen, { ...LISTENING, ...listening })).toEqual(expected)
  })
})

describe('what stays of the addresses that libp2p knows', () => {
  const HASH = 'uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ'
  const PEER = '/p2p/12D3KooWJUfBDTzP5r2Rm4x44fykBfkTbbiEj19ccJ3ZGum4CWPD'
  const KNOWN = {
    home: `/ip4/192.168.1.5/tcp/8080/ws${PEER}`,
    homeTcp: `/ip4/192.168.1.5/tcp/9080${PEER}`,
    homeDirect: `/ip4/192.168.1.5/udp/8080/webrtc-direct/certhash/${HASH}${PEER}`,
    direct: `/ip4/${PUBLIC}/udp/8080/webrtc-direct/certhash/${HASH}${PEER}`,
    name: `/dns4/a.example/tcp/8080/ws${PEER}`,
    forged: `/dns4/8-8-4-4.k51.libp2p.direct/tcp/8080/tls/ws${PEER}`
  }
  const ALL = Object.values(KNOWN)
  const kept = (chosen: AnnounceConfig): string[] =>
    announcement(chosen, { ...LISTENING, direct: [DIRECT] }).announceFilter(ALL.map((text) => multiaddr(text))).map(String)

  test('all when nothing was chosen', () => {
    expect(kept(config())).toEqual(ALL)
  })

  test('with a name: what is announced with its hash, and nothing private', () => {
    expect(kept(config({ name: 'a.example' }))).toEqual([KNOWN.direct, KNOWN.name, KNOWN.forged])
  })

  test('with an announced address of the home network: that, and webrtc-direct, which nobody could type', () => {
    expect(kept(config({ announce: ['/ip4/192.168.1.5/tcp/8080/ws'] }))).toEqual([KNOWN.home, KNOWN.homeDirect, KNOWN.direct, KNOWN.name, KNOWN.forged])
  })
})

test.each<[boolean, Partial<AnnounceConfig>]>([
  [false, {}], [true, { name: 'a.example' }], [true, { announce: ['/ip4/10.0.0.1/tcp/1', '/dns4/a.example/tcp/1'] }], [false, { announce: ['/ip4/10.0.0.1/tcp/1'] }]
])('a relay is public: %j for %j', (expected, choice) => {
  expect(isPublic(config(choice))).toBe(expected)
})
