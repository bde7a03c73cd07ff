import type { PubsubCarrier } from '../carriers/pubsub-carrier.ts'
import type { DiscoverySource } from './source.ts'

/**
 * Presence on the room's pubsub topic: while it runs we are subscribed, relays that hear of it follow the topic, and
 * whoever speaks there is a hint. The hellos themselves are the room's messages; the carrier hands them on.
 */
export function presenceSource(carrier: PubsubCarrier): DiscoverySource {
  return {
    name: 'presence',
    start: ({ keys, signal, self, onHint }) => {
      carrier.join(keys.pubsubTopic, (peer) => { if (peer !== self) onHint({ peer, addresses: [] }) }, { signal })
    }
  }
}
