import { expect, test } from 'vitest'
import { hasIpv6, natKind, type MappedAddress, type NatKind } from '../../../src/media/probe/nat-kind.ts'

const at = (address: string, port: number, base = '192.168.1.5 50000'): MappedAddress => ({ address, port, base })
const HOSTS = ['192.168.1.5']

test.each<[string, MappedAddress[], number, NatKind]>([
  ['no server answered', [], 0, 'unknown'],
  ['one server sees us elsewhere', [at('198.51.100.7', 40000)], 1, 'unknown'],
  ['two servers see the same port', [at('198.51.100.7', 40000)], 2, 'easy'],
  ['two servers see two ports of one socket', [at('198.51.100.7', 40000), at('198.51.100.7', 40001)], 2, 'hard'],
  ['two servers see two addresses of one socket', [at('198.51.100.7', 40000), at('198.51.100.8', 40000)], 2, 'hard'],
  ['two sockets have a port each', [at('198.51.100.7', 40000, 'a'), at('198.51.100.9', 40000, 'b')], 2, 'easy'],
  ['a server sees our own address', [at('192.168.1.5', 50000)], 1, 'none'],
  ['a server sees nothing that we did not know', [], 1, 'none'],
  ['a second family does not count as a second port', [at('198.51.100.7', 40000), at('2001:db8::7', 40000)], 2, 'easy'],
])('%s', (_name, mapped, servers, kind) => {
  expect(natKind({ hosts: HOSTS, mapped, servers })).toBe(kind)
})

test.each<[string[], MappedAddress[], boolean | null]>([
  [['192.168.1.5', '2a02:8071::1'], [], true],
  [['192.168.1.5'], [at('2a02:8071::1', 1)], true],
  [['192.168.1.5', 'fe80::1', 'fd00::1'], [], false],
  [['0e5fd8d3-3b3f-4d3b-9d3b-1b1b1b1b1b1b.local'], [], null],
  [[], [], null],
  [['0e5fd8d3-3b3f-4d3b-9d3b-1b1b1b1b1b1b.local'], [at('198.51.100.7', 1)], false],
])('of the hosts %j, IPv6 leads to the world: %j %s', (hosts, mapped, known) => {
  expect(hasIpv6({ hosts, mapped })).toBe(known)
})
