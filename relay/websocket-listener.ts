/** libp2p's WebSocket transport, except that it listens on an HTTP server that already runs: app and relay share a port. */
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TypedEventEmitter } from '@libp2p/interface'
import type { CreateListenerOptions, Listener, ListenerEvents, Logger, Transport } from '@libp2p/interface'
import { getThinWaistAddresses, ipPortToMultiaddr } from '@libp2p/utils'
import { webSockets } from '@libp2p/websockets'
import { multiaddr } from '@multiformats/multiaddr'
import type { Multiaddr } from '@multiformats/multiaddr'
import { WebSocketServer } from 'ws'
import { WebSocketConnection } from './websocket-connection.ts'

/** Longest WebSocket message accepted, bytes. Noise frames are at most 64 KiB; some senders put several into one message. */
const MAX_FRAME_BYTES = 4_194_304

type WebSocketsFactory = ReturnType<typeof webSockets>

/**
 * A transport that dials as @libp2p/websockets does and accepts WebSockets on `server`, which must be listening.
 * Whoever made the server closes it, after the node has stopped.
 */
export function webSocketsOn(server: Server): WebSocketsFactory {
  const dialer = webSockets()
  return (components) => {
    const transport: Transport = dialer(components)
    const log = components.logger.forComponent('parley:relay:websockets')
    transport.createListener = ({ upgrader }) => new SharedPortListener(server, upgrader, log)
    return transport
  }
}

class SharedPortListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #server: Server
  readonly #upgrader: CreateListenerOptions['upgrader']
  readonly #log: Logger
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, clientTracking: true })
  readonly #closing = new AbortController()

  constructor(server: Server, upgrader: CreateListenerOptions['upgrader'], log: Logger) {
    super()
    this.#server = server
    this.#upgrader = upgrader
    this.#log = log
  }

  async listen(): Promise<void> {
    this.#server.on('upgrade', this.#onUpgrade)
    this.safeDispatchEvent('listening')
  }

  getAddrs(): Multiaddr[] {
    const bound = this.#server.address() as AddressInfo | null
    if (bound === null) return []
    // A server on `::` takes IPv4 connections too.
    const hosts = bound.address === '::' ? ['/ip4/0.0.0.0', '/ip6/::'] : [`/ip${bound.family === 'IPv6' ? 6 : 4}/${bound.address}`]
    return hosts
      .flatMap((host) => getThinWaistAddresses(multiaddr(`${host}/tcp/${bound.port}`), bound.port))
      .map((address) => address.encapsulate('/ws'))
  }

  updateAnnounceAddrs(): void {
    // Nothing about a WebSocket address becomes known only at run time.
  }

  async close(): Promise<void> {
    this.#server.off('upgrade', this.#onUpgrade)
    this.#closing.abort()
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
    this.safeDispatchEvent('close')
  }

  readonly #onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { remoteAddress, remotePort } = request.socket
    // The peer may have gone already, and then it has no address any more.
    if (remoteAddress === undefined || remotePort === undefined) return void socket.destroy()
    this.#sockets.handleUpgrade(request, socket, head, (accepted) => {
      const remoteAddr = ipPortToMultiaddr(plainAddress(remoteAddress), remotePort).encapsulate('/ws')
      const connection = new WebSocketConnection({ socket: accepted, remoteAddr, log: this.#log })
      this.#upgrader.upgradeInbound(connection, { signal: this.#closing.signal }).catch((error: unknown) => {
        this.#log('inbound connection failed to upgrade - %e', error)
        connection.abort(error instanceof Error ? error : new Error(String(error)))
      })
    })
  }
}

/** IPv4 as IPv4, although it arrived at an IPv6 socket, and without the zone of a link-local address. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
}
