/** What can be refused to a peer, as it is counted: protocol first, then why. */
export type LimitCause =
  /** A circuit relay slot for a peer that is not of this network. */
  | 'reservation-stranger'
  /** A slot beyond the share of an address block. */
  | 'reservation-address'
  /** A slot beyond all that there are. */
  | 'reservation-full'
  /** A relayed connection by a peer that is not of this network. */
  | 'circuit-stranger'
  /** A relayed connection by, or to, a peer that has as many as it may. */
  | 'circuit-source' | 'circuit-target'
  /** Connection attempts to one peer that come too fast. */
  | 'circuit-target-rate'
  /** Streams of a protocol, or what is said on them, that come too fast. */
  | 'circuit-rate' | 'dht-rate' | 'identify-rate' | 'ping-rate' | 'pubsub-stream-rate' | 'stream-rate'
  /** A subscription to what is no room's topic, to one too many, or too soon after others. */
  | 'pubsub-topic-name' | 'pubsub-topics' | 'pubsub-subscription-rate'
  /** A message on a topic that the relay does not follow, one that is too long, or too many of a neighbour or an author. */
  | 'pubsub-unfollowed' | 'pubsub-oversized' | 'pubsub-rate' | 'pubsub-author-rate'
  /** GRAFT, PRUNE, IHAVE, IWANT and IDONTWANT that come too fast. */
  | 'pubsub-control-rate'
  /** A topic that a client wanted followed beyond its limit or the relay's. */
  | 'topic-limit'
  /** Provider records that gave way to newer or rarer ones; values, which this network does not keep. */
  | 'provider-evicted' | 'dht-value'
  /** What was remembered about a peer and gave way; what is too long to be remembered. */
  | 'peer-evicted' | 'peer-oversized'
  /** Connections cut because the peer went on and on. */
  | 'offender'
