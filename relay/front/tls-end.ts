import type { Socket } from 'node:net'
import { createServer, TLSSocket } from 'node:tls'
import type { Server } from 'node:tls'
import type { Tally } from '../tally.ts'
import type { KeyPair } from './key-pair.ts'
import type { FrontRefusal } from './refusals.ts'

/** Many times what a phone at the edge of its network needs. */
const HANDSHAKE_MS = 10_000
/** What may be spoken inside; TURN clients that name what they speak, name it like this (RFC 7443). */
const PROTOCOLS = ['http/1.1', 'stun.turn', 'stun.nat-discovery']

/** Where TLS ends: takes raw connections, gives those inside. Has no certificate at first. */
export class TlsEnd {
  #server: Server | undefined
  readonly #refusals: Tally<FrontRefusal>
  readonly #onSecure: (socket: TLSSocket) => void

  constructor({ refusals, onSecure }: { refusals: Tally<FrontRefusal>, onSecure: (socket: TLSSocket) => void }) {
    this.#refusals = refusals
    this.#onSecure = onSecure
  }

  static isSecure(socket: Socket): boolean {
    return socket instanceof TLSSocket
  }

  /** Whether there is a certificate. */
  get ready(): boolean {
    return this.#server !== undefined
  }

  /** Takes a certificate into use, or another in its place. */
  use(pair: KeyPair): void {
    const context = { ...pair, minVersion: 'TLSv1.2' } as const
    if (this.#server === undefined) this.#server = this.#start(context)
    else this.#server.setSecureContext(context)
  }

  /** Begins the handshake on a connection whose client has begun it. */
  accept(socket: Socket): void {
    this.#server?.emit('connection', socket)
  }

  #start(context: KeyPair & { minVersion: 'TLSv1.2' }): Server {
    const server = createServer({ ...context, handshakeTimeout: HANDSHAKE_MS, ALPNProtocols: PROTOCOLS })
    server.on('secureConnection', this.#onSecure)
    server.on('tlsClientError', (_error, socket) => {
      this.#refusals.add('tls-handshake')
      socket.destroy()
    })
    return server
  }
}
