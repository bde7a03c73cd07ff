import { webSockets } from '@libp2p/websockets'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { AbortOptions, Transport } from '@libp2p/interface'
import { onAbort } from '../util/abort.ts'
import { takeWarm, webSocketUrl } from '../util/warm-socket.ts'

type WebSocketsFactory = ReturnType<typeof webSockets>
type Components = Parameters<WebSocketsFactory>[0]

/** The one method of @libp2p/websockets' transport that opens a socket. */
interface Connects extends Transport {
  _connect(address: Multiaddr, options: AbortOptions): Promise<WebSocket>
}

/**
 * The WebSockets that a node is opening. libp2p lets everybody who wants a peer wait for the same dial, which ends only when
 * the last of them has lost patience: one that hangs, as where the network changed in that moment, would be what each next
 * attempt waits for. It can be given up here for all of them.
 */
export class OpeningSockets {
  readonly #byUrl = new Map<string, Set<WebSocket>>()

  /** Ends what is still being opened to this multiaddr. */
  giveUp(address: string): void {
    const url = webSocketUrl(address)
    for (const socket of this.#byUrl.get(url ?? '') ?? []) socket.close()
  }

  /** Opens a socket, or takes one that `warmUp` has opened for the URL. Whoever gets it closes it. @throws when it does not open */
  async open(url: string, signal: AbortSignal | undefined): Promise<WebSocket> {
    const warm = takeWarm(url)
    if (warm !== undefined && await this.#opened(warm, url, signal)) return warm
    signal?.throwIfAborted()
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    if (await this.#opened(socket, url, signal)) return socket
    throw new Error('the WebSocket did not open')
  }

  /** Whether the socket opens, closing it when the signal aborts first. */
  async #opened(socket: WebSocket, url: string, signal: AbortSignal | undefined): Promise<boolean> {
    if (socket.readyState === WebSocket.OPEN) return true
    const opening = this.#byUrl.get(url) ?? new Set()
    this.#byUrl.set(url, opening.add(socket))
    const wait = new AbortController()
    try {
      return await new Promise<boolean>((resolve) => {
        socket.addEventListener('open', () => resolve(true), { signal: wait.signal })
        socket.addEventListener('close', () => resolve(false), { signal: wait.signal })
        if (signal !== undefined) onAbort(AbortSignal.any([signal, wait.signal]), () => resolve(false))
      })
    } finally {
      wait.abort()
      opening.delete(socket)
      if (opening.size === 0) this.#byUrl.delete(url)
      if (signal?.aborted === true) socket.close()
    }
  }
}

/** @libp2p/websockets, except that `sockets` opens what it dials. */
export function webSocketsBy(sockets: OpeningSockets): WebSocketsFactory {
  const factory = webSockets()
  return (components: Components) => {
    const transport = factory(components) as Connects
    const connect = transport._connect.bind(transport)
    transport._connect = (address, options) => {
      const url = webSocketUrl(address.toString())
      return url === undefined ? connect(address, options) : sockets.open(url, options.signal)
    }
    return transport
  }
}
