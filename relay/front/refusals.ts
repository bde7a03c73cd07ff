/** Why the relay's own port turned a connection away or ended it. */
export type FrontRefusal =
  /** The relay has as many connections as it takes on, in all or from one address. */
  | 'connections' | 'address-connections'
  /** One address opens connections too fast. */
  | 'address-rate'
  /** Nothing came in time, or nothing that any protocol of this port begins with. */
  | 'silent' | 'unknown-protocol'
  | 'tls-handshake' | 'tls-off' | 'turn-off'
  | 'http-malformed' | 'http-timeout'
  /** A WebSocket by plain HTTP where TLS is required, or a handshake that is none. */
  | 'plain-websocket' | 'websocket-handshake'
  /** Noise or yamux was not set up in time or in order. */
  | 'libp2p-handshake'
  | 'message-too-long'
  /** The other side does not read what it asked for. */
  | 'slow-reader'
