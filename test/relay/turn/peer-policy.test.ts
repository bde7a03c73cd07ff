import { expect, test } from 'vitest'
import { createPeerPolicy, DEFAULT_DENY_NETWORKS } from '../../../relay/turn/peer-policy.ts'

const OWN = ['8.8.4.4', '2600::5', '192.168.1.5']
const strict = createPeerPolicy({ allow: [], deny: DEFAULT_DENY_NETWORKS, own: OWN })

const REACHED = ['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '172.15.255.255', '172.32.0.0',
  '192.167.1.1', '223.255.255.255', '2001:4860:4860::8888', '2a00::1', '64:ff9b::8.8.8.8', '2002:808:808::1']

const REFUSED: Record<string, string[]> = {
  'unspecified': ['0.0.0.0', '0.1.2.3', '::'],
  'loopback': ['127.0.0.1', '127.255.255.254', '::1'],
  'private': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fd00::1', 'fc00::1'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'link-local': ['169.254.169.254', 'fe80::1', 'febf::1'],
  'multicast': ['224.0.0.1', '239.255.255.250', 'ff02::1'],
  'broadcast and reserved': ['255.255.255.255', '240.0.0.1', '5f00::1', '8000::1', 'fec0::1'],
  'documentation and benchmarks': ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1', '3fff::1'],
  'protocol assignments': ['192.0.0.8', '192.88.99.1', '2001::1', '2001:20::1'],
  'IPv4 in the clothes of IPv6': ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::169.254.169.254',
    '2002:7f00:1::', '2002:a00:1::1', '2002:c0a8:101::1', '64:ff9b:1::1'],
  "this machine's own": [...OWN, '::ffff:8.8.4.4', '64:ff9b::8.8.4.4', '2002:808:404::'],
  'no address': ['', 'localhost', '1.2.3', 'fe80::1%eth0']
}

test.each(REACHED)('%s is reached', (address) => { expect(strict(address)).toBe(true) })

for (const [kind, addresses] of Object.entries(REFUSED)) {
  test.each(addresses)(`${kind}: %s is refused`, (address) => { expect(strict(address)).toBe(false) })
}

test('what is allowed is reached although it is private, loopback or own, and nothing beside it', () => {
  const open = createPeerPolicy({ allow: ['192.168.1.0/24', '127.0.0.0/8', 'fd00::/8'], deny: DEFAULT_DENY_NETWORKS, own: OWN })
  expect(['192.168.1.5', '192.168.1.77', '127.0.0.1', 'fd00::1', '::ffff:127.0.0.1'].map(open)).toEqual([true, true, true, true, true])
  expect(['192.168.2.1', '10.0.0.1', '::1', '8.8.4.4'].map(open)).toEqual([false, false, false, false])
})

test('multicast, broadcast and no address at all are refused whatever is allowed', () => {
  const open = createPeerPolicy({ allow: ['0.0.0.0/0', '::/0'], deny: [], own: [] })
  expect(['224.0.0.1', '255.255.255.255', '0.0.0.0', '::', 'ff02::1', '::ffff:224.0.0.1'].map(open)).toEqual(Array(6).fill(false))
  expect(['10.0.0.1', '::1'].map(open)).toEqual([true, true])
})

test('other denials replace the default ones, and own addresses stay closed', () => {
  const policy = createPeerPolicy({ allow: [], deny: ['8.8.8.0/24'], own: OWN })
  expect(['8.8.8.8', '10.0.0.1', '8.8.4.4'].map(policy)).toEqual([false, true, false])
})

test('a network that is none is told of at once', () => {
  expect(() => createPeerPolicy({ allow: ['10.0.0.0/99'], deny: [], own: [] })).toThrow(RangeError)
})
