import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressBytes, addressText, plainAddress, readXorAddress, writeXorAddress } from '../../../relay/turn/address.ts'
import { contains, parseCidr } from '../../../relay/turn/cidr.ts'
import { listenAddresses, machineAddresses, relayAddress } from '../../../relay/turn/local-addresses.ts'

const ipv6 = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => Buffer.from(groups.flatMap((group) => [group >> 8, group & 0xff])))
const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes))

test('an address survives the way to text and back', () => {
  fc.assert(fc.property(fc.oneof(ipv4, ipv6), (bytes) => { expect(addressBytes(addressText(bytes))).toEqual(bytes) }))
})

test('IPv6 text is the one that RFC 5952 prescribes', () => {
  fc.assert(fc.property(ipv6, (bytes) => {
    const text = addressText(bytes)
    // The platform's URL knows the same rules, but for addresses that end in an IPv4 one.
    if (!text.includes('.')) expect(text).toBe(new URL(`http://[${text}]`).hostname.slice(1, -1))
    expect(isIPv6(text)).toBe(true)
  }))
  expect(addressText(addressBytes('::FFFF:192.0.2.1')!)).toBe('::ffff:192.0.2.1')
  expect(addressText(addressBytes('2001:DB8:0:0:1:0:0:0')!)).toBe('2001:db8:0:0:1::')
})

test('what is no address has no bytes', () => {
  for (const text of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '::1::', 'fe80::1%eth0', 'host', ':::']) expect(addressBytes(text)).toBeUndefined()
})

test('the text is the one that sockets give, so that equal addresses are equal strings', async ({ skip }) => {
  const addresses = machineAddresses(networkInterfaces()).filter((address) => !address.startsWith('fe80'))
  if (addresses.length === 0) skip('this machine has no address')
  for (const address of addresses) {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    socket.bind(0, address)
    await once(socket, 'listening')
    socket.send('x', socket.address().port, address)
    const [, from] = await once(socket, 'message') as [Buffer, { address: string }]
    expect(addressText(addressBytes(from.address)!)).toBe(from.address)
    socket.close()
    await once(socket, 'close')
  }
})

test("an XOR'd address survives the wire, and a malformed one is none", () => {
  fc.assert(fc.property(fc.oneof(ipv4, ipv6), fc.nat(65_535), fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes, port, id) => {
    const endpoint = { address: addressText(bytes), port }
    const value = writeXorAddress(endpoint, Buffer.from(id))
    expect(readXorAddress(value, Buffer.from(id))).toEqual(endpoint)
    expect(readXorAddress(value.subarray(1), Buffer.from(id))?.address).not.toBe(endpoint.address)
  }))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 30 }), (value) => { readXorAddress(Buffer.from(value), Buffer.alloc(12)) }))
})

test('IPv4 that came through an IPv6 socket is IPv4, and zones are dropped', () => {
  expect(['::ffff:10.0.0.1', 'fe80::1%eth0', '::1', '10.0.0.1'].map(plainAddress)).toEqual(['10.0.0.1', 'fe80::1', '::1', '10.0.0.1'])
})

test('a network contains what begins like it', () => {
  const cases: Array<[string, string, boolean]> = [
    ['10.0.0.0/8', '10.255.255.255', true], ['10.0.0.0/8', '11.0.0.0', false], ['100.64.0.0/10', '100.127.255.255', true],
    ['100.64.0.0/10', '100.128.0.0', false], ['0.0.0.0/0', '1.2.3.4', true], ['192.0.2.7', '192.0.2.7', true], ['192.0.2.7', '192.0.2.6', false],
    ['fd00::/8', 'fd12::1', true], ['fd00::/8', 'fe00::1', false], ['::/0', '1.2.3.4', false], ['0.0.0.0/0', '::1', false]
  ]
  for (const [network, address, inside] of cases) {
    expect([network, address, contains(parseCidr(network), addressBytes(address)!)]).toEqual([network, address, inside])
  }
  for (const text of ['', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.0/8/8', 'fd00::/129', '10.0.0/8']) expect(() => parseCidr(text)).toThrow(RangeError)
})

test('it listens on every address that a browser can name, or on the one that was chosen', () => {
  const machine = ['127.0.0.1', '192.168.1.5', 'fe80::1', '::1', 'fd00::2']
  expect(listenAddresses(undefined, machine)).toEqual(['127.0.0.1', '192.168.1.5', '::1', 'fd00::2'])
  expect(listenAddresses('::', machine)).toEqual(listenAddresses(undefined, machine))
  expect(listenAddresses('0.0.0.0', machine)).toEqual(['127.0.0.1', '192.168.1.5'])
  expect(listenAddresses('192.168.1.5', machine)).toEqual(['192.168.1.5'])
})

test('a client gets a relayed address where it arrived, and one that others can reach when it arrived at loopback', () => {
  const listening = ['127.0.0.1', '169.254.7.7', '192.168.1.5', '10.0.0.5', '::1', 'fd00::2']
  expect(relayAddress(1, '10.0.0.5', listening)).toBe('10.0.0.5')
  expect(relayAddress(1, '127.0.0.1', listening)).toBe('192.168.1.5')
  expect(relayAddress(1, '127.0.0.1', ['127.0.0.1'])).toBe('127.0.0.1')
  expect(relayAddress(2, '10.0.0.5', listening)).toBe('fd00::2')
  expect(relayAddress(1, 'fe80::1', listening)).toBe('192.168.1.5')
  expect(relayAddress(2, '10.0.0.5', ['10.0.0.5'])).toBeUndefined()
})
