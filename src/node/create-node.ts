import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { onAbort } from '../util/abort.ts'
import type { Lifetime } from '../util/abort.ts'
import { computed, signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import type { PeerKey } from '../wire/message.ts'
import { networkNames } from '../wire/network.ts'
import { denyDial, dialableAddresses, hostOf, relaysNamedIn } from './addresses.ts'
import { browserOptions } from './browser-options.ts'
import type { BrowserNodeOptions } from './browser-options.ts'
import { SOURCE_NAMES } from './discovery/source.ts'
import { RelaySearch } from './discovery/relays.ts'
import type { SourceName } from './discovery/source.ts'
import { followIceServers } from './ice-servers.ts'
import { IceShelf } from './ice-shelf.ts'
import { forgetPrunes } from './mesh-backoff.ts'
import { PeerBook } from './peer-book.ts'
import { RelayBook } from './relay-book.ts'
import type { TextStorage } from './relay-book.ts'
import { receiveNotices } from './relay-drain.ts'
import { RelayKeeper } from './relay-keeper.ts'
import type { RelayStatus } from './relay-keeper.ts'
import { RelaySlots } from './relay-slots.ts'
import { OpeningSockets } from './websocket-transport.ts'
import { createRingPort } from './ring.ts'
import { overhear } from './overhear.ts'
import { enterRoom } from './room-channel.ts'
import type { Network, RelayProbe, RingPort } from './types.ts'

export interface NodeOptions extends Lifetime, Pick<BrowserNodeOptions, 'privateKey' | 'rule'> {
  /** Name of the network to take part in. */
  network: string
  /** Relay multiaddrs from the page and the link, best first. */
  relays: string[]
  storage: TextStorage
  /** The ways of finding others that the person allows; all when left out. */
  sources?: readonly SourceName[]
  /** Makes the configuration of libp2p's own WebRTC connections of the ICE servers there are; plain when left out. */
  iceConfiguration?: (iceServers: RTCIceServer[]) => RTCConfiguration
}

/** A started node: the network for rooms, rings, and how the relays stand. */
export interface ParleyNode {
  network: Network
  rings: RingPort
  relays: RelayStatus
  /** Tries further relays, for example those of a link that was opened later. */
  addRelays(addresses: string[]): void
  /** Tries every way to every relay that we know, and tells of each; resolves when all are told, or on abort. */
  probeRelays(onRelay: (probe: RelayProbe) => void, lifetime: Lifetime): Promise<void>
}

/**
 * Starts libp2p for a browser tab and keeps it connected to relays. Everything stops when the signal aborts.
 * A libp2p node cannot be started twice (WebRTC dials fail afterwards): make a new one instead.
 */
export async function createNode(options: NodeOptions): Promise<ParleyNode> {
  const { signal, privateKey, network, rule, relays, storage, sources = SOURCE_NAMES } = options
  const names = networkNames(network)
  const approved = new Set<string>()
  const approve = (address: string): void => {
    const host = hostOf(address)
    if (host !== undefined) approved.add(host)
  }
  relays.forEach(approve)
  const shelf = new IceShelf()
  const { iceConfiguration = (iceServers) => ({ iceServers }) } = options
  const rtcConfiguration = (): RTCConfiguration => iceConfiguration(shelf.servers.peek())
  const slots = new RelaySlots()
  const sockets = new OpeningSockets()
  const node = await createLibp2p(browserOptions({ privateKey, names, rule, approved, rtcConfiguration, slots, sockets }))
  onAbort(signal, () => { void node.stop() })
  const self = node.peerId.toString() as PeerKey
  const addresses = followAddresses(node, self, signal)
  const peers = new PeerBook(storage)
  const book = new RelayBook(relays, storage)
  book.candidates().forEach(approve)
  const pubsub: GossipSub = node.services.pubsub
  forgetPrunes(pubsub, { signal })
  const isAllowed = (address: Multiaddr): boolean => !denyDial(address, rule, approved)
  const search = new RelaySearch({ node, network, isAllowed, onFound: (address) => book.hint(address), signal })
  const keeper = new RelayKeeper({ node, book, search, slots, sockets, signal })
  const hintRelays = (known: string[]): void => {
    const fresh = relaysNamedIn(known).filter((relay) => isAllowed(relay) && book.hint(relay.toString()))
    if (fresh.length > 0) keeper.look()
  }
  followIceServers({ node, protocol: names.iceServers, shelf, privateAllowed: rule.localPage, signal })
  await receiveNotices({
    node, protocol: names.drain, isUsed: (peer) => keeper.uses(peer), onNotice: (peer, ms) => { void keeper.leave(peer, ms) }, signal
  })
  keeper.start()
  return {
    network: {
      self,
      addresses,
      enter: (options) => {
        options.pasted.forEach(approve)
        const { memberLinks: links } = node.services
        return enterRoom({ node, names, pubsub, self, addresses, peers, links, sources: new Set(sources), onAddresses: hintRelays }, options)
      },
      overhear: (options) => overhear({ pubsub, self, isAllowed: sources.includes('presence') }, options),
      iceServers: shelf.servers,
      remember: (topic, peer, known) => peers.remember(topic, peer, known)
    },
    rings: createRingPort({ node, protocol: names.ring, self, approve, signal }),
    relays: keeper,
    addRelays: (added) => {
      added.forEach(approve)
      const fresh = added.filter((address) => book.add(address))
      if (fresh.length > 0) keeper.wake()
    },
    probeRelays: async (onRelay, lifetime) => {
      // Loaded on demand: most visits never need it.
      const { probeRelays } = await import('./relay-probe.ts')
      await probeRelays({
        node, relays: book.relays(), protocol: names.iceServers, rule, approved, onRelay,
        signal: AbortSignal.any([signal, lifetime.signal])
      })
    }
  }
}

/** Our dialable addresses, following libp2p's own list. */
function followAddresses(node: Libp2p, self: PeerKey, signal: AbortSignal): ReadonlySignal<string[]> {
  const text = stateSignal('')
  // Compared as one text, so that an update that changes nothing wakes nobody.
  const update = (): void => { text.value = dialableAddresses(node.getMultiaddrs(), self).join(' ') }
  node.addEventListener('self:peer:update', update)
  onAbort(signal, () => node.removeEventListener('self:peer:update', update))
  update()
  return computed(() => text.value === '' ? [] : text.value.split(' '))
}
