/** The network that Parley's own relays and app belong to, unless their operator names another. */
export const DEFAULT_NETWORK = 'parley'

const NETWORK_NAME = /^[a-z][a-z0-9-]{0,31}$/

/** Whether `text` can name a network: 1 to 32 lower-case letters, digits and dashes, beginning with a letter. */
export function isNetworkName(text: string): boolean {
  return NETWORK_NAME.test(text)
}

/**
 * What peers and relays of one network call things. Every name begins with the network's own, so that peers of different
 * networks who meet by accident share no protocol, no topic and no DHT.
 */
export interface NetworkNames {
  readonly network: string
  /** libp2p stream protocol that carries sealed room messages between two peers. */
  readonly signal: string
  /** libp2p stream protocol by which one peer rings another whose multiaddr it was given. */
  readonly ring: string
  /** The network's DHT: relays are its servers. Never the public Amino DHT, whose servers a browser cannot dial. */
  readonly dht: string
  /** libp2p stream protocol by which a client asks a relay for ICE servers. */
  readonly iceServers: string
  /** libp2p stream protocol by which a relay tells that it is about to stop. Every client speaks it from the start: its mark. */
  readonly drain: string
  /** Every room's pubsub topic starts with this; relays follow nothing else. */
  readonly topicPrefix: string
}

/** The names of a network. */
export function networkNames(network: string): NetworkNames {
  return {
    network,
    signal: `/${network}/signal/1.0.0`,
    ring: `/${network}/ring/1.0.0`,
    dht: `/${network}/kad/1.0.0`,
    iceServers: `/${network}/ice-servers/1.0.0`,
    drain: `/${network}/drain/1.0.0`,
    topicPrefix: `${network}/1/`
  }
}
