export type CarrierName = 'pubsub' | 'stream'

/** What is known about the ways to one peer. */
export interface Reach {
  /** Somebody forwards the room's topic. */
  audible: boolean
  /** The peer itself spoke on the topic lately. */
  heardOnPubsub: boolean
  /** Its last word came over a stream. */
  streamIsNewer: boolean
  /** There is a stream, a connection or an address. */
  dialable: boolean
  /** Messages sent since the peer was last heard. */
  unanswered: number
}

/** From this many messages without an answer on, every way is used at once. */
const PATIENCE = 3

/**
 * Which carriers take a message: the one the peer last used, since that one works both ways as a rule; all of them
 * once it stays silent. Receivers drop duplicates.
 */
export function chooseCarriers({ audible, heardOnPubsub, streamIsNewer, dialable, unanswered }: Reach): CarrierName[] {
  const possible: CarrierName[] = []
  if (audible) possible.push('pubsub')
  if (dialable) possible.push('stream')
  if (possible.length < 2 || unanswered >= PATIENCE) return possible
  return heardOnPubsub && !streamIsNewer ? ['pubsub'] : ['stream']
}
