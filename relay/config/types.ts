/** Everything that can be chosen about a relay. `settings.ts` says under which names and where each is read from. */
export interface RelayConfig {
  /** Port of the app, of WebSockets, and of STUN and TURN over TCP; 0 lets the system choose. */
  port: number
  /** Address to listen on; all of them when undefined. */
  host?: string | undefined
  /** Port for other relays by plain TCP, 0 for any; when undefined, 1000 above `port` if that is free. */
  tcpPort?: number | undefined
  webrtcDirect: WebRtcDirectConfig
  /** Public DNS name; with it the relay announces itself under that name. */
  name?: string | undefined
  /** Multiaddrs to announce instead of the ones listened on. */
  announce: string[]
  tls: TlsConfig
  /** A reverse proxy stands in front: believe its X-Forwarded-For and X-Forwarded-Proto. */
  trustProxy: boolean
  /** Folder of key, certificates and records; undefined keeps all of them in memory. */
  data?: string | undefined
  /** Whether to serve the built app. */
  app: boolean
  /** Peers and relays of another network are strangers. See `src/wire/network.ts`. */
  network: string
  /** Multiaddrs of other relays, each with its peer id, to stay connected to. */
  bootstrap: string[]
  limits: RelayLimits
  turn: TurnConfig
  metrics: MetricsConfig
  log: LogConfig
  /** How long clients are given to move to another relay before this one stops, milliseconds. */
  drainMs: number
}

/** Where the certificate of the relay's own port comes from; `off` is plain HTTP, for localhost or behind a proxy. */
export type TlsConfig =
  | { kind: 'off' }
  | { kind: 'files', cert: string, key: string }
  | { kind: 'auto' }

/** webrtc-direct: browsers on any https page reach a relay that has neither a name nor a certificate. */
export interface WebRtcDirectConfig {
  enabled: boolean
  /** UDP port, 0 for any; when undefined, the number of the relay's own port if that is free. */
  port?: number | undefined
}

/** What one relay takes on, and what one client may have of it. */
export interface RelayLimits {
  /** Connections in all. */
  connections: number
  /** Connections from one IPv4 address or one IPv6 /64. */
  connectionsPerAddress: number
  /** Circuit relay slots in all. */
  reservations: number
  /** Circuit relay slots held from one IPv4 address or one IPv6 /64. */
  reservationsPerAddress: number
  /** Bytes over one relayed connection, both directions together. */
  circuitBytes: number
  /** Life of one relayed connection, milliseconds. */
  circuitMs: number
  /** Room topics followed in all. */
  topics: number
  /** Room topics followed for one client. */
  topicsPerClient: number
}

export interface TurnConfig {
  /** Whether this process is a STUN and TURN server. */
  enabled: boolean
  /** UDP and TCP port, 0 for any; when undefined, 3478 if that is free. */
  port?: number | undefined
  /** UDP ports of relayed addresses, both included. */
  relayPorts: { min: number, max: number }
  /** Addresses under which the internet reaches this machine, where its own interfaces do not have them. */
  publicAddresses: string[]
  /** Networks (CIDR) that may be relayed to although they are private. */
  allowPeers: string[]
  /** Allocations in all. */
  allocations: number
  /** Allocations of one client. */
  allocationsPerUser: number
  /** Bytes a second of one client, both directions together. */
  bytesPerSecond: number
  /** Bytes of one client within the life of its credential. */
  bytesPerCredential: number
  /** Life of a credential, seconds. */
  credentialSeconds: number
  /** Other STUN and TURN servers to hand out, such as coturn: ICE URLs (RFC 7064, RFC 7065). */
  external: { urls: string[], secret: string } | undefined
}

/** Where `/metrics` and `/status` are served. */
export type MetricsConfig =
  | { kind: 'off' }
  /** On the relay's own port, to requests of this machine only. */
  | { kind: 'local' }
  /** On a port of their own, to whoever reaches it. */
  | { kind: 'listen', host: string, port: number }

export interface LogConfig {
  level: 'silent' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
  /** One JSON object a line instead of text. */
  json: boolean
}

/** A value that cannot be used. Its message is one sentence for the person at the keyboard. */
export class ConfigError extends Error {
  readonly code = 'config-invalid'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ConfigError'
  }
}
