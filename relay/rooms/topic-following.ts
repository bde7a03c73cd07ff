import { RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { GossipSub, Message, TopicValidatorFn } from '@libp2p/gossipsub'
import { TopicValidatorResult } from '@libp2p/gossipsub'
import type { Libp2p, PeerId } from '@libp2p/interface'
import { unsubscribeForNow } from '../../src/node/mesh-backoff.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { onAbort } from '../../src/util/abort.ts'
import { MAX_MESSAGE_BYTES } from '../../src/wire/protocol.ts'
import { FollowLedger } from './follow-ledger.ts'
import type { FollowLimits } from './follow-ledger.ts'

/** How a relay follows topics. */
export interface FollowOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'addEventListener' | 'getConnections'>
  pubsub: GossipSub
  /** What the name of each room's topic begins with, `NetworkNames.topicPrefix`. */
  topicPrefix: string
  limits: FollowLimits
  /** A topic without clients is followed on for this long, milliseconds: a reloaded tab comes back to a working room. */
  graceMs?: number
  /** Called on following a topic; `signal` aborts when it is no longer followed. */
  onFollow?: (topic: string, lifetime: Lifetime) => void
  /** Whether the author of a message may say so much; the message is dropped otherwise, and counts against nobody's score. */
  admitAuthor?: (message: Message) => boolean
  /** Called for a topic that a limit keeps from being followed. */
  onRefused?: () => void
}

const DEFAULT_GRACE_MS = 10_000

/**
 * Subscribes the relay to the room topics of its clients, and only of clients: relays that followed each other's topics
 * would keep them alive for ever. A subscription can arrive before identify has told who sent it; then the topic is
 * followed at once, and dropped when the sender turns out to be a relay. Ends with `signal`.
 */
export function followTopics(options: FollowOptions): void {
  const { libp2p, pubsub, topicPrefix, signal } = options
  const roomTopic = new RegExp(`^${topicPrefix}[a-z2-7]{52}$`)
  const relays = new Set<string>()
  const following = new Following(options)

  pubsub.addEventListener('subscription-change', ({ detail: { peerId, subscriptions } }) => {
    // A frame may be handled after its sender has gone, and nothing would ever undo what it asked for.
    const client = !relays.has(peerId.toString()) && isConnected(libp2p, peerId)
    for (const { topic, subscribe } of subscriptions) {
      if (!subscribe) following.drop(peerId.toString(), topic)
      else if (client && roomTopic.test(topic)) following.want(peerId.toString(), topic)
    }
  }, { signal })

  libp2p.addEventListener('peer:identify', ({ detail: { peerId, protocols } }) => {
    if (!protocols.includes(RELAY_V2_HOP_CODEC)) return
    relays.add(peerId.toString())
    following.dropRelay(peerId.toString())
  }, { signal })

  libp2p.addEventListener('peer:disconnect', ({ detail: peerId }) => {
    relays.delete(peerId.toString())
    following.dropClient(peerId.toString())
  }, { signal })
}

/** The subscriptions themselves. */
class Following {
  readonly #pubsub: GossipSub
  readonly #ledger: FollowLedger
  readonly #total: number
  readonly #graceMs: number
  readonly #onFollow: FollowOptions['onFollow']
  readonly #onRefused: FollowOptions['onRefused']
  readonly #validate: TopicValidatorFn
  readonly #followed = new Map<string, AbortController>()
  readonly #leaving = new Map<string, NodeJS.Timeout>()

  constructor({ pubsub, limits, graceMs = DEFAULT_GRACE_MS, onFollow, onRefused, admitAuthor = () => true, signal }: FollowOptions) {
    this.#pubsub = pubsub
    this.#ledger = new FollowLedger(limits)
    this.#total = limits.total
    this.#graceMs = graceMs
    this.#onFollow = onFollow
    this.#onRefused = onRefused
    this.#validate = (_neighbour, message) => judged(message, admitAuthor)
    onAbort(signal, () => this.#end())
  }

  want(client: string, topic: string): void {
    if (!this.#ledger.add(client, topic)) return this.#onRefused?.()
    clearTimeout(this.#leaving.get(topic))
    this.#leaving.delete(topic)
    if (this.#followed.has(topic)) return
    this.#makeRoom()
    const lifetime = new AbortController()
    this.#followed.set(topic, lifetime)
    this.#pubsub.topicValidators.set(topic, this.#validate)
    this.#pubsub.subscribe(topic)
    this.#onFollow?.(topic, { signal: lifetime.signal })
  }

  drop(client: string, topic: string): void {
    if (this.#ledger.remove(client, topic)) this.#leaveSoon(topic)
  }

  dropClient(client: string): void {
    for (const topic of this.#ledger.removeClient(client)) this.#leaveSoon(topic)
  }

  dropRelay(relay: string): void {
    for (const topic of this.#ledger.removeClient(relay)) this.#leave(topic)
  }

  #leaveSoon(topic: string): void {
    this.#leaving.set(topic, setTimeout(() => this.#leave(topic), this.#graceMs))
  }

  #leave(topic: string): void {
    this.#leaving.delete(topic)
    this.#followed.get(topic)?.abort()
    if (!this.#followed.delete(topic)) return
    unsubscribeForNow(this.#pubsub, topic)
    this.#pubsub.topicValidators.delete(topic)
  }

  /** The ledger keeps to the limit, but topics in their grace time count as well: the oldest of them goes. */
  #makeRoom(): void {
    const [oldest] = this.#leaving.keys()
    if (this.#followed.size < this.#total || oldest === undefined) return
    clearTimeout(this.#leaving.get(oldest))
    this.#leave(oldest)
  }

  #end(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer)
    for (const lifetime of this.#followed.values()) lifetime.abort()
    this.#leaving.clear()
    this.#followed.clear()
  }
}

/** A relay sees only ciphertext; what it can tell is that no honest member would send this much. */
function judged(message: Message, admitAuthor: (message: Message) => boolean): TopicValidatorResult {
  if (message.data.length > MAX_MESSAGE_BYTES) return TopicValidatorResult.Reject
  return admitAuthor(message) ? TopicValidatorResult.Accept : TopicValidatorResult.Ignore
}

function isConnected(libp2p: FollowOptions['libp2p'], peer: PeerId): boolean {
  return libp2p.getConnections(peer).length > 0
}
