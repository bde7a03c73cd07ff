export type CarrierName = 'pubsub' | 'stream'

/** What is known about the ways to one peer. Signals to it travel by these only while its media connection does not work. */
export interface Reach {
  /** Somebody other than the peer itself forwards the room's topic. */
  audible: boolean
  /** The peer itself takes the topic from us, over the link inside its media connection. */
  linked: boolean
  /** The peer itself spoke on the topic lately. */
  heardOnPubsub: boolean
  /** Its last word came over a stream. */
  streamIsNewer: boolean
  /** There is a stream or a connection outside its media connection. */
  connected: boolean
  /** There is an address. */
  dialable: boolean
  /** Messages sent since the peer was last heard. */
  unanswered: number
}

/** From this many messages without an answer on, every way is used at once. */
const PATIENCE = 3

/**
 * Which carriers take a message: the one the peer last used, since that one works both ways as a rule; all of them
 * once it stays silent, or when only the link that is in doubt takes the topic. Receivers drop duplicates.
 */
export function chooseCarriers({ audible, linked, heardOnPubsub, streamIsNewer, connected, dialable, unanswered }: Reach): CarrierName[] {
  const possible: CarrierName[] = []
  if (audible || linked) possible.push('pubsub')
  if (connected || dialable) possible.push('stream')
  if (possible.length < 2 || unanswered >= PATIENCE || !audible) return possible
  // A stream that would have to be dialled first, perhaps through a relay that is gone, is not what the peer spoke on.
  return heardOnPubsub && !(streamIsNewer && connected) ? ['pubsub'] : ['stream']
}
