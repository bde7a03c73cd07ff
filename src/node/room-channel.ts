import type { GossipSub } from '@libp2p/gossipsub'
import type { Libp2p } from '@libp2p/interface'
import { createLog } from '../util/log.ts'
import type { ReadonlySignal } from '../util/signals.ts'
import { open, seal } from '../wire/envelope.ts'
import { Refusal } from '../wire/message.ts'
import type { PeerKey, RoomMessage } from '../wire/message.ts'
import type { NetworkNames } from '../wire/network.ts'
import { HELLO_INTERVAL_MS } from '../wire/protocol.ts'
import { PubsubCarrier } from './carriers/pubsub-carrier.ts'
import { StreamCarrier } from './carriers/stream-carrier.ts'
import { chooseCarriers } from './carriers/choose-carriers.ts'
import { dhtSource } from './discovery/dht.ts'
import { pastedSource } from './discovery/pasted.ts'
import { presenceSource } from './discovery/presence.ts'
import { rememberedSource } from './discovery/remembered.ts'
import type { DiscoverySource, PeerHint, SourceName } from './discovery/source.ts'
import { Greeter } from './greeter.ts'
import { isMemberLink } from './members/member-links.ts'
import type { MemberLinks } from './members/member-links.ts'
import type { PeerBook } from './peer-book.ts'
import type { EnterOptions, RoomChannel } from './types.ts'

const log = createLog('node:room')
/** A peer whose last word on pubsub is older than this may no longer hear us there. */
const PUBSUB_MEMORY_MS = 3 * HELLO_INTERVAL_MS
/** Peers whose ways are remembered at a time; the oldest is forgotten. */
const MAX_KNOWN = 256

/** What entering a room needs of the node. */
export interface ChannelParts {
  node: Libp2p
  names: NetworkNames
  pubsub: GossipSub
  self: PeerKey
  addresses: ReadonlySignal<string[]>
  peers: PeerBook
  links: MemberLinks
  sources: ReadonlySet<SourceName>
  /** Told the addresses of members; a circuit address names a relay. */
  onAddresses: (addresses: string[]) => void
}

/** How one peer was last reached. */
interface Ways {
  addresses: string[]
  /** When it last spoke on pubsub, milliseconds since 1970; 0 never. */
  pubsubAt: number
  /** When it last spoke over a stream. */
  streamAt: number
  /** Messages that want an answer, sent to it since it was last heard. */
  unanswered: number
}

/** Joins the room's carriers and discovery sources; everything ends with the signal in `options`. */
export function enterRoom(parts: ChannelParts, options: EnterOptions): RoomChannel {
  const { node, names, self } = parts
  const { keys, signal } = options
  const ways = new Map<PeerKey, Ways>()

  const wayOf = (peer: PeerKey): Ways => {
    const known = ways.get(peer) ?? { addresses: [], pubsubAt: 0, streamAt: 0, unanswered: 0 }
    ways.delete(peer)
    ways.set(peer, known)
    if (ways.size > MAX_KNOWN) ways.delete(ways.keys().next().value as PeerKey)
    return known
  }

  const noteWay = (from: PeerKey, message: RoomMessage, by: 'pubsubAt' | 'streamAt'): void => {
    const way = wayOf(from)
    way[by] = Date.now()
    way.unanswered = 0
    if ('addresses' in message && message.addresses.length > 0) {
      way.addresses = message.addresses
      parts.onAddresses(message.addresses)
    }
    greeter.heard(from)
  }

  /** Unseals what a carrier brought; false tells the carrier that its peer sends rubbish. */
  const received = async (from: PeerKey, bytes: Uint8Array, by: 'pubsubAt' | 'streamAt'): Promise<boolean> => {
    if (from === self || signal.aborted) return true
    try {
      const message = await open(keys, from, bytes)
      if (signal.aborted) return true
      // Who looks in from outside is not reached in any way, and needs none.
      if (message.kind !== 'look') noteWay(from, message, by)
      options.onMessage({ from, message })
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      log.debug('refused a message', error.code)
      return false
    }
  }

  const pubsub = new PubsubCarrier(parts.pubsub, {
    onBytes: (from, bytes) => received(from, bytes, 'pubsubAt'),
    // Who spoke on pubsub lately and now takes the topic from us directly as well has heard our hello.
    onAudience: (peer) => { if (!hearsPubsub(ways.get(peer))) options.onAudience() }
  })
  const streams = new StreamCarrier({ node, protocol: names.signal, onBytes: (from, bytes) => received(from, bytes, 'streamAt'), signal })

  /** Says hello over a stream to a peer that a source found; the peer answers with its offer. */
  const greeter = new Greeter(async ({ peer, addresses }) => {
    await streams.send(peer, addresses, await seal(keys, self, options.hello()))
  }, { signal })

  const onHint = (hint: PeerHint): void => {
    const way = wayOf(hint.peer)
    if (way.addresses.length === 0) way.addresses = hint.addresses
    greeter.hint(hint)
  }

  for (const source of sourcesOf(parts, pubsub, options.pasted)) {
    source.start({ self, keys, addresses: parts.addresses, signal, onHint })
  }

  return {
    async broadcast(message) {
      const bytes = await seal(keys, self, message)
      const onStreams = [...ways].filter(([peer]) => streams.isOpen(peer))
        .map(([peer, way]) => streams.send(peer, way.addresses, bytes).catch(() => {
          // A stream that broke meanwhile: its peer learns by the next hello, or by our silence.
        }))
      await Promise.all([pubsub.publish(bytes), ...onStreams])
    },
    async send(to, message: RoomMessage) {
      const bytes = await seal(keys, self, message)
      const way = wayOf(to)
      // TURN makes candidates trickle for a while, and to them nobody answers.
      const wantsAnswer = message.kind !== 'signal' || message.body.kind !== 'candidates'
      const { audience } = pubsub
      const order = chooseCarriers({
        audible: audience.some((peer) => peer !== to),
        linked: audience.includes(to),
        heardOnPubsub: hearsPubsub(way),
        streamIsNewer: way.streamAt > way.pubsubAt,
        connected: isConnected(node, to),
        dialable: way.addresses.length > 0 || streams.isOpen(to),
        unanswered: wantsAnswer ? way.unanswered++ : way.unanswered
      })
      const attempts = order.map((carrier) => carrier === 'pubsub'
        ? pubsub.publish(bytes).then((taken) => { if (!taken) throw new Error('nobody takes the topic') })
        : streams.send(to, way.addresses, bytes))
      await Promise.any(attempts).catch((cause: unknown) => {
        throw Object.assign(new Error('no carrier reaches the peer', { cause }), { code: 'unreachable' })
      })
    },
    adopt: (member, pipe, adoption) => parts.links.adopt(member, pipe, adoption)
  }
}

/** Whether the peer, by all that we know, hears what is said on pubsub. */
function hearsPubsub(way: Ways | undefined): boolean {
  return way !== undefined && Date.now() - way.pubsubAt < PUBSUB_MEMORY_MS
}

function isConnected(node: Libp2p, peer: PeerKey): boolean {
  return node.getConnections().some((connection) => connection.remotePeer.toString() === peer && !isMemberLink(connection))
}

function sourcesOf({ node, peers, sources }: ChannelParts, pubsub: PubsubCarrier, pasted: string[]): DiscoverySource[] {
  return [presenceSource(pubsub), dhtSource(node), rememberedSource(peers), pastedSource(pasted)]
    .filter((source) => sources.has(source.name))
}
