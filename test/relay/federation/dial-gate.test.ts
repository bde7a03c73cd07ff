import { multiaddr } from '@multiformats/multiaddr'
import { expect, test } from 'vitest'
import { denyPrivateDials } from '../../../relay/federation/dial-gate.ts'

const INSIDE = ['/ip4/10.1.2.3/tcp/80/ws', '/ip4/127.0.0.1/tcp/22', '/ip4/169.254.169.254/tcp/80', '/ip6/::1/tcp/1', '/ip6/fd00::1/tcp/1', '/ip6/::ffff:10.0.0.1/tcp/1',
  '/ip6/64:ff9b::a00:1/tcp/1', '/dns4/inside.example/tcp/80/ws', '/dns/localhost/tcp/80/ws', '/dns4/mixed.example/tcp/1', '/dns4/nowhere.example/tcp/1']
const OUTSIDE = ['/ip4/8.8.8.8/tcp/1', '/ip6/2a00:1450:4001:82a::200e/tcp/1', '/dns4/outside.example/tcp/443/tls/ws']
const NAMES: Record<string, string[]> = {
  'inside.example': ['192.168.1.1'], 'localhost': ['::1'], 'mixed.example': ['8.8.8.8', '10.0.0.1'], 'outside.example': ['8.8.8.8', '2a00:1450:4001:82a::200e']
}

function gate(publicOnly: boolean, approved: string[] = []) {
  const asked: string[] = []
  const resolve = async (name: string): Promise<string[]> => {
    asked.push(name)
    const ips = NAMES[name]
    if (ips === undefined) throw new Error('ENOTFOUND')
    return ips
  }
  return { denied: denyPrivateDials({ publicOnly, approved, resolve }), asked }
}

test.each(INSIDE)('a public relay does not dial %s', async (address) => {
  expect(await gate(true).denied(multiaddr(address))).toBe(true)
})

test.each(OUTSIDE)('a public relay dials %s', async (address) => {
  expect(await gate(true).denied(multiaddr(address))).toBe(false)
})

test('a relay on a LAN dials whom it likes', async () => {
  for (const address of [...INSIDE, ...OUTSIDE]) expect(await gate(false).denied(multiaddr(address))).toBe(false)
})

test('what the operator named may be private', async () => {
  const { denied } = gate(true, ['/ip4/10.1.2.3/tcp/9000/p2p/12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt'])
  expect(await denied(multiaddr('/ip4/10.1.2.3/tcp/9000'))).toBe(false)
  expect(await denied(multiaddr('/ip4/10.1.2.4/tcp/9000'))).toBe(true)
})

test('a name is resolved once a while and not for every dial', async () => {
  const { denied, asked } = gate(true)
  for (let dial = 0; dial < 3; dial++) await denied(multiaddr('/dns4/outside.example/tcp/443/tls/ws'))
  expect(asked).toEqual(['outside.example'])
})
