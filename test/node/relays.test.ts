import type { PeerInfo } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { CID } from 'multiformats/cid'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RelaySearch, relayAdvertisementCid } from '../../src/node/discovery/relays.ts'
import { RelayBook } from '../../src/node/relay-book.ts'
import { hasSlotElsewhere } from '../../src/node/relay-drain.ts'
import { byRelay, waysAfter } from '../../src/node/relay-order.ts'

const A = '12D3KooWGrUFEEUgQR4R2CvsxBvRrVZbaDL6MJ5zDxrXe4Ddo5xt'
const B = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
const SELF = '12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X'
const HASH = 'uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ'
const wss = (peer: string): string => `/dns4/relay.example/tcp/443/tls/ws/p2p/${peer}`
const ws = (peer: string): string => `/ip4/203.0.113.5/tcp/8080/ws/p2p/${peer}`
const direct = (peer: string): string => `/ip4/203.0.113.5/udp/8080/webrtc-direct/certhash/${HASH}/p2p/${peer}`

const memory = { get: () => null, set: () => undefined }

describe('ways to relays', () => {
  test('the addresses of one relay are one relay, TLS first and WebRTC last', () => {
    expect(byRelay([direct(A), ws(B), ws(A), wss(A)])).toEqual([
      { key: A, addresses: [wss(A), ws(A), direct(A)] },
      { key: B, addresses: [ws(B)] }
    ])
  })

  test('an address that names no peer, or is none, stands for itself', () => {
    expect(byRelay(['/ip4/203.0.113.5/tcp/1/ws', 'rubbish'])).toEqual([
      { key: '/ip4/203.0.113.5/tcp/1/ws', addresses: ['/ip4/203.0.113.5/tcp/1/ws'] },
      { key: 'rubbish', addresses: ['rubbish'] }
    ])
  })
})

describe('quick attempts', () => {
  test('go by socket, and by WebRTC at first and at every eighth', () => {
    const withWebRtc = Array.from({ length: 17 }, (_, failures) => failures).filter((failures) => waysAfter([wss(A), direct(A)], failures).length === 2)
    expect(withWebRtc).toEqual([0, 8, 16])
    expect(waysAfter([wss(A), direct(A)], 1)).toEqual([wss(A)])
  })

  test('go by WebRTC where there is nothing else', () => {
    expect(waysAfter([direct(A)], 1)).toEqual([direct(A)])
  })
})

describe('hearsay in the relay book', () => {
  test('comes after all else, and is forgotten at its first failure', () => {
    const book = new RelayBook([ws(A)], memory)
    expect(book.hint(ws(B))).toBe(true)
    expect(book.hint(ws(B))).toBe(false)
    expect(book.hint(ws(A))).toBe(false)
    book.worked(wss(A))
    expect(book.candidates()).toEqual([ws(A), wss(A), ws(B)])
    book.failed(ws(B))
    expect(book.candidates()).toEqual([ws(A), wss(A)])
  })

  test('what has worked is hearsay no more', () => {
    const book = new RelayBook([], memory)
    book.hint(ws(B))
    book.worked(ws(B))
    book.failed(ws(B))
    expect(book.candidates()).toEqual([ws(B)])
  })

  test('is bounded, and the latest counts', () => {
    const book = new RelayBook([], memory)
    for (let port = 1; port <= 40; port++) book.hint(`/ip4/203.0.113.5/tcp/${port}/ws/p2p/${A}`)
    expect(book.candidates()).toHaveLength(16)
    expect(book.candidates()[0]).toContain('/tcp/40/')
  })
})

describe('a slot elsewhere', () => {
  const through = (relay: string): string => `${ws(relay)}/p2p-circuit/webrtc/p2p/${SELF}`

  test('is one at a relay that stays', () => {
    const leaving = (relay: string): boolean => relay === A
    expect(hasSlotElsewhere([multiaddr(through(A))], leaving)).toBe(false)
    expect(hasSlotElsewhere([multiaddr(through(A)), multiaddr(through(B))], leaving)).toBe(true)
    expect(hasSlotElsewhere([multiaddr('/webrtc')], leaving)).toBe(false)
  })
})

describe('searching for relays', () => {
  beforeEach(() => { vi.useFakeTimers({ now: Date.UTC(2030, 0, 2, 0, 30) }) })
  afterEach(() => { vi.useRealTimers() })

  /** A search over a DHT that holds `filed`, by CID. */
  function search(filed: Record<string, PeerInfo[]>, isAllowed = (_address: unknown): boolean => true) {
    const asked: string[] = []
    const found: string[] = []
    const contentRouting = {
      findProviders: async function* (cid: CID) {
        asked.push(cid.toString())
        yield* filed[cid.toString()] ?? []
      }
    }
    const node = { peerId: peerIdFromString(SELF), contentRouting } as unknown as ConstructorParameters<typeof RelaySearch>[0]['node']
    const onFound = (address: string): boolean => found.push(address) > 0
    return { asked, found, search: new RelaySearch({ node, network: 'parley', isAllowed, onFound, signal: new AbortController().signal }) }
  }

  const relay = (peer: string, ...addresses: string[]): PeerInfo => ({ id: peerIdFromString(peer), multiaddrs: addresses.map((each) => multiaddr(each)) })
  const today = async (): Promise<string> => (await relayAdvertisementCid('parley', Date.now())).toString()

  test('what browsers can dial is taken, each once and with its peer id', async () => {
    const made = search({ [await today()]: [relay(A, ws(A), ws(A).replace(/\/p2p\/.*/, ''), `/ip4/203.0.113.5/tcp/9080/p2p/${A}`, `${ws(B)}/p2p-circuit/p2p/${A}`, direct(A))] })
    made.search.hurry()
    expect(await made.search.run()).toBe(true)
    expect(made.found).toEqual([ws(A), direct(A)])
  })

  test('what this page may not dial is not', async () => {
    const made = search({ [await today()]: [relay(A, ws(A))] }, () => false)
    made.search.hurry()
    expect(await made.search.run()).toBe(false)
    expect(made.found).toEqual([])
  })

  test('it does not find itself', async () => {
    const made = search({ [await today()]: [relay(SELF, ws(SELF))] })
    made.search.hurry()
    expect(await made.search.run()).toBe(false)
  })

  test('a liar who files a thousand addresses gets four tried, and a thousand liars eight', async () => {
    const ports = Array.from({ length: 1_000 }, (_, index) => `/ip4/203.0.113.5/tcp/${index + 1}/ws`)
    const liar = relay(A, ...ports)
    const made = search({ [await today()]: Array.from({ length: 1_000 }, () => liar) })
    made.search.hurry()
    await made.search.run()
    expect(made.found).toHaveLength(32)
  })

  test('with nothing filed for today, yesterday is asked for', async () => {
    const yesterday = (await relayAdvertisementCid('parley', Date.now() - 86_400_000)).toString()
    const made = search({ [yesterday]: [relay(A, ws(A))] })
    made.search.hurry()
    expect(await made.search.run()).toBe(true)
    expect(made.asked).toEqual([await today(), yesterday])
  })

  test('searches keep their distance, which grows, until one is urgent', async () => {
    const made = search({})
    await made.search.run()
    expect(made.asked).toHaveLength(0)
    const at: number[] = []
    const start = Date.now()
    for (let second = 0; second < 200; second++) {
      await vi.advanceTimersByTimeAsync(1_000)
      const before = made.asked.length
      await made.search.run()
      if (made.asked.length > before) at.push((Date.now() - start) / 1_000)
    }
    const pauses = at.slice(1).map((each, index) => each - (at[index] ?? 0))
    expect(at[0]).toBe(5)
    expect(pauses.length).toBeGreaterThan(1)
    expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses)
    const before = made.asked.length
    made.search.hurry()
    await made.search.run()
    expect(made.asked.length).toBeGreaterThan(before)
  })
})
