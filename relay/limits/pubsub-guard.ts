import type { GossipSub, Message } from '@libp2p/gossipsub'
import type { PeerId } from '@libp2p/interface'
import { MAX_MESSAGE_BYTES } from '../../src/wire/protocol.ts'
import type { Rate } from '../../src/util/token-bucket.ts'
import type { LimitCause } from './causes.ts'
import type { Kind, Neighbour, Neighbours } from './neighbours.ts'
import type { Offenders } from './offenders.ts'
import { NotedTopics } from './noted-topics.ts'
import { FairShares, sharesOf } from './shares.ts'

/** What the guard works with. */
export interface PubsubGuardOptions {
  neighbours: Neighbours
  offenders: Offenders
  /** What each room's topic looks like. */
  roomTopic: RegExp
  /** Topics that one client may have followed. */
  topicsPerClient: number
  /** Topics that one relay may follow. */
  topics: number
  /** Connections that an address block may have. */
  connectionsPerAddress: number
}

/**
 * A join in a room of twelve: eleven offers reach the newcomer, who answers each with 15 to 25 KB and some twenty candidates.
 * If all twelve come at once, after their relay was away, each sends 22 descriptions, 550 KB, and 250 messages in all. And
 * each may hand on what the others say. Beyond this a client may say 32 things a second, 128 KiB.
 */
const MESSAGES = { burst: 1_024, perSecond: 32 }
const BYTES = { burst: 1_048_576, perSecond: 131_072 }
/** One message costs its sender so much more in a larger room: the relay sends it on to everybody there. */
const ROOM_OF = 12
/** One room, or two while it moves, over and over while somebody looks for the right one; each change is told to all neighbours. */
const SUBSCRIPTIONS = {
  client: { burst: 64, perSecond: 1 },
  relay: { burst: 16_384, perSecond: 512 },
  block: { burst: 16_384, perSecond: 512 }
}
/** About one IDONTWANT for each message that somebody else in the room says. */
const CONTROL = { burst: 8_192, perSecond: 512 }
/** Each GRAFT or PRUNE that changes something is written to the disk, as a tag of the peer. */
const MESH_CHANGES = { burst: 128, perSecond: 2 }
/** gossipsub's own cap on the entries of each list in one frame is 5,000; a relay's list of topics is the longest. */
export const FRAME_LIMITS = {
  maxSubscriptions: 3_072,
  maxMessages: 256,
  maxIhaveMessageIDs: 5_000,
  maxIwantMessageIDs: 5_000,
  maxControlMessages: 3_072,
  maxIdontwantMessageIDs: 512,
  maxPeerInfos: 16
}

interface Control {
  ihave: unknown[]
  iwant: unknown[]
  graft: Array<{ topicID?: string }>
  prune: Array<{ topicID?: string }>
  idontwant: unknown[]
}

type Rpc = Parameters<GuardedPubsub['handleReceivedRpc']>[1]

/** What gossipsub does with each frame. Public in its class, though not in the interface that its package exports. */
interface GuardedPubsub {
  handleReceivedRpc(from: PeerId, rpc: {
    subscriptions: Array<{ subscribe?: boolean, topic?: string }>
    messages: Array<{ topic: string, data?: Uint8Array }>
    control?: Control | undefined
  }): Promise<void>
  readonly topicValidators: ReadonlyMap<string, unknown>
  readonly topics: ReadonlyMap<string, ReadonlySet<string>>
  readonly mesh: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Stands between gossipsub's wire and gossipsub: what comes too fast or is of no use never reaches the tables, nor the check
 * of signatures. What is dropped here lowers nobody's score, for the neighbour may only have handed it on.
 */
export class PubsubGuard {
  readonly #options: PubsubGuardOptions
  readonly #noted: NotedTopics
  readonly #messages: FairShares
  readonly #bytes: FairShares
  readonly #authors = { messages: new FairShares(sharesOf(MESSAGES)), bytes: new FairShares(sharesOf(BYTES)) }
  readonly #subscriptions = new FairShares(SUBSCRIPTIONS)
  readonly #control: FairShares
  readonly #meshChanges: FairShares
  #pubsub: GuardedPubsub | undefined

  constructor(options: PubsubGuardOptions) {
    this.#options = options
    const shares = (rate: Rate): FairShares => new FairShares(sharesOf(rate, options.connectionsPerAddress))
    this.#messages = shares(MESSAGES)
    this.#bytes = shares(BYTES)
    this.#control = shares(CONTROL)
    this.#meshChanges = shares(MESH_CHANGES)
    this.#noted = new NotedTopics({ client: 4 * options.topicsPerClient, relay: options.topics })
  }

  /** Puts the guard before a service that was just made. */
  attach(pubsub: GossipSub): void {
    const guardedPubsub = pubsub as unknown as GuardedPubsub
    const handle = guardedPubsub.handleReceivedRpc.bind(pubsub)
    this.#pubsub = guardedPubsub
    guardedPubsub.handleReceivedRpc = (from, rpc) => handle(from, this.#admitted(from, rpc))
    this.#options.neighbours.onKind((peer, kind) => this.#trim(peer, kind, handle))
  }

  /** Forgets a peer that has gone. */
  forget(peer: PeerId): void {
    this.#noted.forget(peer.toString())
  }

  /**
   * Whether the author of a message, whose signature holds, has said too much: also one whose messages come through many
   * neighbours, or behind another relay.
   */
  admitAuthor(message: Message): boolean {
    if (message.type !== 'signed') return false
    const author = { id: message.from.toString(), kind: 'client', block: message.from.toString() } as const
    const cost = this.#cost(message.topic, message.data.length)
    const within = this.#authors.messages.spend(author, 1) && this.#authors.bytes.spend(author, cost)
    // Nobody is to blame but the author, who may be the neighbour of another relay.
    if (!within) this.#options.offenders.note('pubsub-author-rate')
    return within
  }

  #admitted(from: PeerId, { subscriptions, messages, control }: Rpc): Rpc {
    // A frame may be handled after its sender has gone, and nothing would ever undo what it noted.
    if (!this.#options.neighbours.isConnected(from)) return { subscriptions: [], messages: [] }
    const neighbour = this.#options.neighbours.of(from)
    const keep = (cause: LimitCause | undefined): boolean => {
      if (cause !== undefined) this.#options.offenders.refuse(from, cause)
      return cause === undefined
    }
    return {
      subscriptions: subscriptions.filter(({ topic = '', subscribe }) => (
        subscribe === true ? keep(this.#whyNotSubscribed(neighbour, topic)) : this.#noted.remove(neighbour.id, topic))),
      messages: messages.filter((message) => keep(this.#whyNotHeard(neighbour, message))),
      control: control !== undefined && keep(this.#whyNotControlled(neighbour, control)) ? this.#effective(neighbour, control) : undefined
    }
  }

  #whyNotSubscribed(neighbour: Neighbour, topic: string): LimitCause | undefined {
    if (!this.#options.roomTopic.test(topic)) return 'pubsub-topic-name'
    if (this.#noted.has(neighbour.id, topic)) return undefined
    // A relay says what it follows before identify has told that it is one; `#trim` looks again.
    const kind = neighbour.kind === 'unknown' ? 'relay' : neighbour.kind
    if (!this.#noted.hasRoom(neighbour.id, kind)) return 'pubsub-topics'
    if (!this.#subscriptions.spend({ ...neighbour, kind }, 1)) return 'pubsub-subscription-rate'
    this.#noted.add(neighbour.id, topic)
    return undefined
  }

  #whyNotHeard(neighbour: Neighbour, { topic, data }: { topic: string, data?: Uint8Array }): LimitCause | undefined {
    const length = data?.length ?? 0
    if (this.#pubsub?.topicValidators.has(topic) !== true) return 'pubsub-unfollowed'
    if (length > MAX_MESSAGE_BYTES) return 'pubsub-oversized'
    const within = this.#messages.spend(neighbour, 1) && this.#bytes.spend(neighbour, this.#cost(topic, length))
    return within ? undefined : 'pubsub-rate'
  }

  #whyNotControlled(neighbour: Neighbour, { ihave, iwant, graft, prune, idontwant }: Control): LimitCause | undefined {
    const entries = ihave.length + iwant.length + graft.length + prune.length + idontwant.length
    return this.#control.spend(neighbour, entries) ? undefined : 'pubsub-control-rate'
  }

  /** Without each GRAFT and PRUNE that only says how things are, or says it again. */
  #effective(neighbour: Neighbour, control: Control): Control {
    const changes = (list: Control['graft'], isMember: boolean): Control['graft'] => {
      const byTopic = new Map(list.map((entry) => [entry.topicID ?? '', entry]))
      return [...byTopic].filter(([topic]) => {
        const members = this.#pubsub?.mesh.get(topic)
        return members !== undefined && members.has(neighbour.id) === isMember && this.#meshChanges.spend(neighbour, 1)
      }).map(([, entry]) => entry)
    }
    return { ...control, graft: changes(control.graft, false), prune: changes(control.prune, true) }
  }

  #cost(topic: string, bytes: number): number {
    return bytes * Math.max(1, (this.#pubsub?.topics.get(topic)?.size ?? 0) / ROOM_OF)
  }

  /** Takes back what a peer may not have now that it is known what it is, as if it had unsubscribed. */
  #trim(peer: PeerId, kind: Kind, handle: GuardedPubsub['handleReceivedRpc']): void {
    const surplus = this.#noted.trim(peer.toString(), kind)
    if (surplus.length === 0) return
    this.#options.offenders.refuse(peer, 'pubsub-topics')
    void handle(peer, { subscriptions: surplus.map((topic) => ({ topic, subscribe: false })), messages: [] })
  }
}
