import { once } from 'node:events'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { plainAddress } from '../addresses/address-block.ts'
import { Admission } from './admission.ts'
import type { Release } from './admission.ts'
import { protocolOf } from './first-byte.ts'
import type { KeyPair } from './key-pair.ts'
import type { OwnPort } from './own-addresses.ts'
import { peekFirstByte } from './peek.ts'
import { TlsEnd } from './tls-end.ts'
import type { FrontRefusal } from './refusals.ts'
import type { Tally } from '../tally.ts'
import { visitorOf } from './visitor.ts'
import type { Visitor } from './visitor.ts'
import type { RelayConfig } from '../config/types.ts'

/** Takes connections that carry STUN and TURN. What was read of one is put back before. */
export interface StreamAcceptor {
  acceptStream(socket: Socket): void
}

/** What the relay's own port leads to. */
export interface FrontOptions {
  config: Pick<RelayConfig, 'port' | 'host' | 'name' | 'tls' | 'trustProxy' | 'limits' | 'turn'>
  /** Answers HTTP; is not listening itself. */
  http: HttpServer
  refusals: Tally<FrontRefusal>
  /** Undefined while this process is no TURN server. */
  turn: () => StreamAcceptor | undefined
  /** How long a connection may say nothing at first, milliseconds. */
  firstByteMs?: number
}

/** A request to become a WebSocket: whose it is, and the way to give its place back; or the status by which it is refused. */
export type Upgrade =
  | { kind: 'welcome', visitor: Visitor, release: Release }
  | { kind: 'refused', status: number }

/** Browsers open some connections on suspicion, and another one when such a one is gone. */
const FIRST_BYTE_MS = 10_000

/**
 * The relay's own port: one TCP port for HTTP, WebSockets, and STUN and TURN, each also by TLS, told apart by the first
 * byte. Nothing is computed for a connection before it was counted.
 */
export class Front {
  readonly http: HttpServer
  /** Places for connections, those of other ports included. */
  readonly admission: Admission
  /** What was turned away or ended, by cause. */
  readonly refusals: Tally<FrontRefusal>
  readonly #options: FrontOptions
  readonly #server: Server
  readonly #tls: TlsEnd
  readonly #sockets = new Set<Socket>()

  constructor(options: FrontOptions) {
    this.http = options.http
    this.#options = options
    this.refusals = options.refusals
    this.admission = new Admission(options.config.limits, options.refusals)
    this.#tls = new TlsEnd({ refusals: options.refusals, onSecure: (socket) => { void this.#route(socket) } })
    // HTTP answers after the other side has ended its half.
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket))
  }

  /**
   * Listens on every address when the configuration names none: IPv6 and IPv4 where the system has both.
   *
   * @throws {Error} with the system's `code`, such as EADDRINUSE
   */
  async listen(): Promise<void> {
    const { port, host } = this.#options.config
    this.#server.listen(host === undefined ? { port } : { port, host })
    await once(this.#server, 'listening')
    // Node begins to watch over the time that requests take when it hears this.
    this.http.emit('listening')
  }

  /** Where it listens; null before and after. */
  address(): AddressInfo | null {
    return this.#server.address() as AddressInfo | null
  }

  /** What the addresses of this port depend on, as it is now. */
  ownPort(): OwnPort {
    return { bound: this.address(), secure: this.#tls.ready, config: this.#options.config }
  }

  /** Whether all but TLS is turned away. A certificate that came by itself is for a name that nobody types: it forces nothing. */
  get requiresTls(): boolean {
    return this.#options.config.tls.kind === 'files'
  }

  /** Speaks TLS with this certificate from now on; connections that stand keep theirs. */
  useCertificate(pair: KeyPair): void {
    this.#tls.use(pair)
  }

  /** Who sent a request; undefined when the connection is gone already. */
  visitor(request: Pick<IncomingMessage, 'headers' | 'socket'>): Visitor | undefined {
    return visitorOf(request, this.#options.config.trustProxy)
  }

  /** Whether a visitor has so many connections open that this one should not be kept for later. */
  isCrowded(request: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
    const visitor = this.visitor(request)
    return visitor !== undefined && !this.#options.config.trustProxy && this.admission.isCrowded(visitor.address)
  }

  /** Decides about a request to become a WebSocket. Any path and origin will do, for every page may use every relay. */
  admitUpgrade(request: Pick<IncomingMessage, 'headers' | 'socket'>): Upgrade {
    const visitor = this.visitor(request)
    if (visitor === undefined) return { kind: 'refused', status: 400 }
    if (this.requiresTls && !visitor.secure) {
      this.refusals.add('plain-websocket')
      return { kind: 'refused', status: 403 }
    }
    // Unless a proxy stands in front, the connection has its place already.
    const release = visitor.proxied ? this.admission.admitAddress(visitor.address) : () => undefined
    return release === undefined ? { kind: 'refused', status: 429 } : { kind: 'welcome', visitor, release }
  }

  /** Ends all connections; resolves when the port is free again. */
  async close(): Promise<void> {
    if (this.#server.listening) {
      const closed = once(this.#server, 'close')
      this.#server.close()
      for (const socket of this.#sockets) socket.destroy()
      await closed
    }
    // Ends Node's watch over the time that requests take.
    this.http.close()
  }

  #accept(socket: Socket): void {
    const release = this.#options.config.trustProxy
      ? this.admission.admitSocket()
      : this.admission.admit(plainAddress(socket.remoteAddress ?? ''))
    if (release === undefined) return void socket.destroy()
    this.#sockets.add(socket)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      release()
    })
    void this.#route(socket)
  }

  async #route(socket: Socket): Promise<void> {
    // Connections break all the time, and `close` follows.
    socket.on('error', () => undefined)
    const first = await peekFirstByte(socket, this.#options.firstByteMs ?? FIRST_BYTE_MS)
    if (first === undefined || socket.destroyed) return void socket.destroy()
    if (first === 'silent') return this.#refuse(socket, 'silent')
    switch (protocolOf(first)) {
      case 'http':
        this.http.emit('connection', socket satisfies Duplex)
        return
      case 'tls':
        return this.#tls.ready && !TlsEnd.isSecure(socket) ? this.#tls.accept(socket) : this.#refuse(socket, 'tls-off')
      case 'stun': {
        const turn = this.#options.turn()
        return turn === undefined ? this.#refuse(socket, 'turn-off') : turn.acceptStream(socket)
      }
      default:
        this.#refuse(socket, 'unknown-protocol')
    }
  }

  #refuse(socket: Socket, cause: FrontRefusal): void {
    this.refusals.add(cause)
    socket.destroy()
  }
}
