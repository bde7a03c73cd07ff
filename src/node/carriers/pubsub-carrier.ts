import { TopicValidatorResult } from '@libp2p/gossipsub'
import type { GossipSub, SubscriptionChangeData, TopicValidatorFn } from '@libp2p/gossipsub'
import { onAbort } from '../../util/abort.ts'
import type { Lifetime } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import type { PeerKey } from '../../wire/message.ts'
import { unsubscribeForNow } from '../mesh-backoff.ts'

const log = createLog('node:pubsub')

export interface PubsubHandlers {
  /** Unseals and handles the bytes that `from` has signed; false when they are no message of this room. */
  onBytes: (from: PeerKey, bytes: Uint8Array) => Promise<boolean>
  /** One more peer now forwards the topic. */
  onAudience: (peer: PeerKey) => void
}

/**
 * Carries sealed messages over the room's gossipsub topic. Gossipsub's StrictSign has checked that the message was
 * signed by the peer it names, whichever relay brought it.
 */
export class PubsubCarrier {
  readonly #pubsub: GossipSub
  readonly #handlers: PubsubHandlers
  #topic: string | undefined

  constructor(pubsub: GossipSub, handlers: PubsubHandlers) {
    this.#pubsub = pubsub
    this.#handlers = handlers
  }

  /** Subscribes until the signal aborts. A carrier that joins the same topic meanwhile takes the subscription over. */
  join(topic: string, { signal }: Lifetime): void {
    this.#topic = topic
    const pubsub = this.#pubsub
    const validator: TopicValidatorFn = async (_propagator, message) => {
      if (message.type !== 'signed') return TopicValidatorResult.Ignore
      const from = message.from.toString() as PeerKey
      // Handling inside the validator: each message is unsealed once, and only authentic ones travel on. Never `Reject`:
      // relays cannot unseal, so they forward a stranger's rubbish in good faith and must not lose their score for it.
      return await this.#handlers.onBytes(from, message.data) ? TopicValidatorResult.Accept : TopicValidatorResult.Ignore
    }
    pubsub.topicValidators.set(topic, validator)
    const changed = ({ detail }: CustomEvent<SubscriptionChangeData>): void => {
      if (detail.subscriptions.some((each) => each.topic === topic && each.subscribe)) this.#handlers.onAudience(detail.peerId.toString() as PeerKey)
    }
    pubsub.addEventListener('subscription-change', changed)
    pubsub.subscribe(topic)
    onAbort(signal, () => {
      this.#topic = undefined
      pubsub.removeEventListener('subscription-change', changed)
      if (pubsub.topicValidators.get(topic) !== validator) return
      unsubscribeForNow(pubsub, topic)
      pubsub.topicValidators.delete(topic)
    })
  }

  /** Those whom a published message would reach at once: relays, and members over their links. */
  get audience(): PeerKey[] {
    return this.#topic === undefined ? [] : this.#pubsub.getSubscribers(this.#topic).map((peer) => peer.toString() as PeerKey)
  }

  /** Publishes; false when nobody took it. Never rejects. */
  async publish(bytes: Uint8Array): Promise<boolean> {
    if (this.#topic === undefined) return false
    try {
      const { recipients } = await this.#pubsub.publish(this.#topic, bytes)
      return recipients.length > 0
    } catch (error) {
      log.warn('publish failed', (error as Error).name)
      return false
    }
  }
}
