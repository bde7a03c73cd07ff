import type { GossipSub } from '@libp2p/gossipsub'
import { createLog } from '../util/log.ts'
import { open, seal } from '../wire/envelope.ts'
import { Refusal } from '../wire/message.ts'
import type { PeerKey } from '../wire/message.ts'
import { PubsubCarrier } from './carriers/pubsub-carrier.ts'
import type { OverhearOptions, Overheard } from './types.ts'

const log = createLog('node:overhear')

export interface OverhearParts {
  pubsub: GossipSub
  self: PeerKey
  /** Whether the person lets us use pubsub topics for finding others. */
  isAllowed: boolean
}

/**
 * Listens to a room's topic without being in the room: no hello, no lookup, no dial. Ends with the signal in `options`;
 * whoever enters the room meanwhile finds the topic subscribed already.
 */
export function overhear({ pubsub, self, isAllowed }: OverhearParts, { keys, onMessage, onAudience, signal }: OverhearOptions): Overheard {
  if (!isAllowed) return { ask: () => Promise.resolve(false) }
  const carrier = new PubsubCarrier(pubsub, {
    onAudience,
    onBytes: async (from, bytes) => {
      if (from === self || signal.aborted) return true
      try {
        const message = await open(keys, from, bytes)
        if (!signal.aborted) onMessage({ from, message })
        return true
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        log.debug('refused a message', error.code)
        return false
      }
    }
  })
  carrier.join(keys.pubsubTopic, { signal })
  return {
    ask: async (look) => await carrier.publish(await seal(keys, self, look))
  }
}
