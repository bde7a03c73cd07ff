/** What the DHT yields is said by anybody. */
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { Libp2p, PeerInfo } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { webSockets } from '@libp2p/websockets'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { expect, onTestFinished, test, vi } from 'vitest'
import { dialBudget, RelayDialer } from '../../../relay/federation/relay-dialer.ts'
import { Roster } from '../../../relay/federation/roster.ts'
import { relayAdvertisementCid } from '../../../src/node/discovery/relays.ts'
import { connectionEncrypters, dhtOptions, streamMuxers } from '../../../src/node/shared-options.ts'
import { DEFAULT_NETWORK, networkNames } from '../../../src/wire/network.ts'
import { startRelay, until, webSocketAddress } from '../clients.ts'

const names = networkNames(DEFAULT_NETWORK)

/** Serves the network's DHT, but relays nothing. */
async function startImpostor() {
  const node = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0/ws'] },
    transports: [webSockets()],
    connectionEncrypters: connectionEncrypters(),
    streamMuxers: streamMuxers(),
    services: { identify: identify(), ping: ping(), dht: dhtOptions({ protocol: names.dht, clientMode: false, publicOnly: false }) }
  })
  onTestFinished(async () => { await node.stop() })
  return node
}

function dialerOf(libp2p: Libp2p, signal: AbortSignal): RelayDialer {
  const roster = new Roster({ libp2p, dht: names.dht, signal })
  return new RelayDialer({ libp2p, roster, publicOnly: false, signal })
}

function lifetime(): AbortSignal {
  const controller = new AbortController()
  onTestFinished(() => controller.abort())
  return controller.signal
}

test('a found peer that is no relay is disconnected and not dialed again, and one that is stays', async () => {
  const [relay, found, impostor] = [await startRelay(), await startRelay(), await startImpostor()]
  const dialer = dialerOf(relay.libp2p, lifetime())
  const budget = dialBudget(60)
  const hint = { id: impostor.peerId, multiaddrs: impostor.getMultiaddrs() }
  expect(await dialer.dial(hint, budget)).toBe(false)
  expect(relay.libp2p.getConnections(impostor.peerId)).toEqual([])
  expect(dialer.isWorthwhile(hint)).toBe(false)
  expect(await dialer.dial({ id: found.libp2p.peerId, multiaddrs: found.libp2p.getMultiaddrs() }, budget)).toBe(true)
  expect(relay.libp2p.getConnections(found.libp2p.peerId)).toHaveLength(1)
})

test('a false address that somebody files for a relay does not keep it from being dialed where it is', async () => {
  const [relay, found] = [await startRelay(), await startRelay()]
  const dialer = dialerOf(relay.libp2p, lifetime())
  const budget = dialBudget(60)
  const lie = { id: found.libp2p.peerId, multiaddrs: [multiaddr('/ip4/127.0.0.1/tcp/9/ws')] }
  expect(await dialer.dial(lie, budget)).toBe(false)
  expect(dialer.isWorthwhile(lie)).toBe(false)
  expect(await dialer.dial({ ...lie, multiaddrs: [...lie.multiaddrs, ...found.libp2p.getMultiaddrs()] }, budget)).toBe(true)
})

test('a quarter of the dials of a minute may come at once, and not one more', async () => {
  const relay = await startRelay()
  const dialed: string[] = []
  const dial = async (to: unknown): Promise<never> => { dialed.push(String(to)); throw new Error('nobody') }
  const libp2p = { peerId: relay.libp2p.peerId, getConnections: () => [], hangUp: async () => {}, dial }
  const dialer = new RelayDialer({ libp2p: libp2p as unknown as Libp2p, roster: { verdict: async () => true }, publicOnly: false, signal: lifetime() })
  const ghosts = await Promise.all(Array.from({ length: 9 }, async (_, index): Promise<PeerInfo> => (
    { id: peerIdFromPrivateKey(await generateKeyPair('Ed25519')), multiaddrs: [multiaddr(`/ip4/127.0.0.1/tcp/${index + 1}`)] })))
  const budget = dialBudget(32)
  for (const ghost of ghosts) await dialer.dial(ghost, budget)
  expect(dialed).toHaveLength(8)
})

test('relays advertise themselves, and find each other among impostors', { timeout: 60_000 }, async () => {
  const middle = await startRelay()
  const impostor = await startImpostor()
  await impostor.dial(multiaddr(webSocketAddress(middle)))
  await until(() => expect(impostor.services.dht.getMode()).toBe('server'))
  const cid = await relayAdvertisementCid(DEFAULT_NETWORK, Date.now())
  await impostor.contentRouting.provide(cid)
  const [left, right] = [await startRelay({ bootstrap: [webSocketAddress(middle)] }), await startRelay({ bootstrap: [webSocketAddress(middle)] })]
  await vi.waitFor(async () => {
    const filed: string[] = []
    for await (const { id } of left.libp2p.contentRouting.findProviders(cid)) filed.push(id.toString())
    expect(filed).toEqual(expect.arrayContaining([middle.peerId, right.peerId, impostor.peerId.toString()]))
  }, { timeout: 30_000, interval: 100 })
  await until(() => expect(left.libp2p.getPeers().map(String)).toContain(right.peerId), 30_000)
})
