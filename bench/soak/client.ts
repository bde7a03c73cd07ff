import type { Lifetime } from '../../src/util/abort.ts'

/** Where a client connects, and from where. */
export interface ClientInit extends Lifetime {
  /** The server's address in its own words: a multiaddr, or a URL. */
  server: string
  /** Local address to connect from: servers count connections by it. */
  source: string
  /** How often the client looks after its topics, milliseconds; an idle client has none and can leave it out. */
  heartbeatMs: number
  onMessage: (topic: string, data: Uint8Array) => void
}

/** One connected client, whatever it speaks. */
export interface Client {
  /** Resolves once the server passes the topic's messages on. */
  enter(topic: string, lifetime: Lifetime): Promise<void>
  leave(topic: string): void
  say(topic: string, data: Uint8Array): void
  /** Aborts when the connection has ended, for whatever reason. */
  readonly ended: AbortSignal
  close(): Promise<void>
}

/**
 * Connects and has everything that a client needs to be reached.
 *
 * @throws {ClientRefused}
 */
export type Connect = (init: ClientInit) => Promise<Client>

/** What the server did not give to a client. */
export type Refused = 'connection' | 'reservation' | 'topic'

/** A client did not get what it came for. */
export class ClientRefused extends Error {
  readonly code: Refused

  constructor(code: Refused, options?: ErrorOptions) {
    super(`no ${code}`, options)
    this.name = 'ClientRefused'
    this.code = code
  }
}
