import { describe, expect, it } from 'vitest'
import {
  isPeerKey, MAX_ADDRESS_CHARS, parseAddress, parsePeerAddress, parsePeerKey,
} from '../../src/wire/index.ts'
import { ALICE, BOB, refusalOf } from './samples.ts'

describe('parseAddress', () => {
  it('takes printable ASCII that begins with a slash, without the white space around it', () => {
    expect(parseAddress(' /ip4/127.0.0.1/tcp/4001/ws\n')).toBe('/ip4/127.0.0.1/tcp/4001/ws')
  })

  it.each([
    '', '/', 'ip4/127.0.0.1', 'https://relay.example', '/dns4/rélay.example/tcp/1', '/ip4/1.2.3.4 /tcp/1', '/ip4/\u0000',
    '/ip4/256.0.0.1/tcp/1', '/ip4/1.2.3/tcp/1', '/ip4/1.2.3.4/tcp/65536', '/ip4/1.2.3.4/udp/x', '/dns4/relay.example/tcp/',
  ])('refuses %j', async (text) => {
    expect(await refusalOf(() => parseAddress(text))).toBe('address-malformed')
  })

  it.each(['/ip4/255.255.255.255/tcp/65535/ws', '/ip4/0.0.0.0/udp/0'])('takes %j, the last of its numbers', (text) => {
    expect(parseAddress(text)).toBe(text)
  })

  it('takes the longest address and refuses a longer one', async () => {
    const longest = `/${'a'.repeat(MAX_ADDRESS_CHARS - 1)}`
    expect(parseAddress(longest)).toBe(longest)
    expect(await refusalOf(() => parseAddress(`${longest}a`))).toBe('address-malformed')
  })
})

describe('parsePeerAddress', () => {
  it.each([
    `/p2p/${ALICE}`,
    `/ip4/127.0.0.1/tcp/1/ws/p2p/${ALICE}`,
    `/ip4/127.0.0.1/tcp/1/ws/p2p/${BOB}/p2p-circuit/p2p/${ALICE}`,
    `/ip4/127.0.0.1/tcp/1/ws/p2p/${BOB}/p2p-circuit/webrtc/p2p/${ALICE}`,
  ])('takes %s', (address) => {
    expect(parsePeerAddress(address)).toBe(address)
  })

  it.each([
    '/ip4/127.0.0.1/tcp/1/ws', '/ip4/127.0.0.1/tcp/1/ws/p2p/', '/ip4/127.0.0.1/p2p',
    `/ip4/127.0.0.1/tcp/1/ws/p2p/${BOB}/p2p-circuit`, `/ip4/127.0.0.1/tcp/1/ws/p2p/${BOB}/p2p-circuit/webrtc`,
  ])('refuses %s, which leads to no peer, or only to a relay', async (address) => {
    expect(await refusalOf(() => parsePeerAddress(address))).toBe('address-not-a-peer')
  })

  it('tells what is no address at all from what leads to nobody', async () => {
    expect(await refusalOf(() => parsePeerAddress(ALICE))).toBe('address-malformed')
  })
})

describe('peer ids', () => {
  it('are 32 to 128 characters of base58 or base36', async () => {
    for (const key of [ALICE, BOB, 'a'.repeat(32), 'a'.repeat(128)]) expect(parsePeerKey(key)).toBe(key)
    for (const key of ['', 'a'.repeat(31), 'a'.repeat(129), `${ALICE}-`, `${ALICE}O`, `${ALICE}I`, `${ALICE}\n`]) {
      expect(await refusalOf(() => parsePeerKey(key))).toBe('malformed')
    }
    expect(isPeerKey({})).toBe(false)
  })
})
