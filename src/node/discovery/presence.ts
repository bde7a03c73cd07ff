import type { PubsubCarrier } from '../carriers/pubsub-carrier.ts'
import type { DiscoverySource } from './source.ts'

/**
 * Presence on the room's pubsub topic: while it runs we are subscribed, and relays that hear of it follow the topic. It
 * gives no hints: the hellos of the others are messages already, which the carrier hands to the room.
 */
export function presenceSource(carrier: PubsubCarrier): DiscoverySource {
  return {
    name: 'presence',
    start: ({ keys, signal }) => carrier.join(keys.pubsubTopic, { signal })
  }
}
