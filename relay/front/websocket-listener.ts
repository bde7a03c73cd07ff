/** libp2p's WebSocket transport, except that it listens on an HTTP server that already runs: app and relay share a port. */
import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { TypedEventEmitter } from '@libp2p/interface'
import type { CreateListenerOptions, Listener, ListenerEvents, Logger, Transport } from '@libp2p/interface'
import { ipPortToMultiaddr } from '@libp2p/utils'
import { webSockets } from '@libp2p/websockets'
import type { Multiaddr } from '@multiformats/multiaddr'
import { WebSocketServer } from 'ws'
import type { Front } from './front.ts'
import { listenedAddresses } from './own-addresses.ts'
import type { Visitor } from './visitor.ts'
import { WebSocketConnection } from './websocket-connection.ts'

/**
 * Longest WebSocket message accepted, bytes. libp2p's senders put at most one Noise frame into a message, which is 65,537
 * bytes with its length; the rest is room for those that put two together.
 */
const MAX_MESSAGE_BYTES = 131_072

type WebSocketsFactory = ReturnType<typeof webSockets>

/**
 * A transport that dials as @libp2p/websockets does and accepts WebSockets on the relay's own port, which must be listening.
 * Whoever made that closes it, after the node has stopped.
 */
export function webSocketsOn(front: Front): WebSocketsFactory {
  const dialer = webSockets()
  return (components) => {
    const transport: Transport = dialer(components)
    const log = components.logger.forComponent('parley:relay:websockets')
    transport.createListener = ({ upgrader }) => new SharedPortListener({ front, upgrader, log })
    return transport
  }
}

interface ListenerInit {
  front: Front
  upgrader: CreateListenerOptions['upgrader']
  log: Logger
}

class SharedPortListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #init: ListenerInit
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, clientTracking: true })
  readonly #closing = new AbortController()

  constructor(init: ListenerInit) {
    super()
    this.#init = init
    this.#sockets.on('wsClientError', (_error, socket) => {
      init.front.refusals.add('websocket-handshake')
      refuse(socket, 400)
    })
  }

  async listen(): Promise<void> {
    this.#init.front.http.on('upgrade', this.#onUpgrade)
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    return listenedAddresses(this.#init.front.ownPort())
  }

  updateAnnounceAddrs(): void {
    // Nothing about a WebSocket address becomes known only at run time.
  }

  async close(): Promise<void> {
    this.#init.front.http.off('upgrade', this.#onUpgrade)
    this.#closing.abort()
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
    this.safeDispatchEvent('close')
  }

  readonly #onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const upgrade = this.#init.front.admitUpgrade(request)
    if (upgrade.kind === 'refused') return refuse(socket, upgrade.status)
    // Also when the handshake goes wrong, and nothing more is heard of it.
    socket.once('close', upgrade.release)
    this.#sockets.handleUpgrade(request, socket, head, (accepted) => this.#connect(accepted, upgrade.visitor))
  }

  #connect(socket: ConstructorParameters<typeof WebSocketConnection>[0]['socket'], { address, port, secure }: Visitor): void {
    const { front: { refusals }, upgrader, log } = this.#init
    const remoteAddr = ipPortToMultiaddr(address, port).encapsulate(secure ? '/tls/ws' : '/ws')
    const connection = new WebSocketConnection({ socket, remoteAddr, log, refusals })
    upgrader.upgradeInbound(connection, { signal: this.#closing.signal }).catch((error: unknown) => {
      log('inbound connection failed to upgrade - %e', error)
      if (!this.#closing.signal.aborted) refusals.add('libp2p-handshake')
      connection.abort(error instanceof Error ? error : new Error(String(error)))
    })
  }
}

function refuse(socket: Duplex, status: number): void {
  // Nobody waits for the other side to end its half.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}
