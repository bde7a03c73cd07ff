import { webSockets } from '@libp2p/websockets'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { AbortOptions, Transport } from '@libp2p/interface'
import { takeWarm, webSocketUrl } from '../util/warm-socket.ts'

type WebSocketsFactory = ReturnType<typeof webSockets>
type Components = Parameters<WebSocketsFactory>[0]

/** The one method of @libp2p/websockets' transport that opens a socket. */
interface Connects extends Transport {
  _connect(address: Multiaddr, options: AbortOptions): Promise<WebSocket>
}

/** @libp2p/websockets, except that a dial first takes a socket that `warmUp` has opened for the same URL. */
export function warmWebSockets(): WebSocketsFactory {
  const factory = webSockets()
  return (components: Components) => {
    const transport = factory(components) as Connects
    const connect = transport._connect.bind(transport)
    transport._connect = async (address, options) => {
      const url = webSocketUrl(address.toString())
      const socket = url === undefined ? undefined : takeWarm(url)
      if (socket !== undefined && await opened(socket, options.signal)) return socket
      return connect(address, options)
    }
    return transport
  }
}

/** Whether the socket is open, waiting for it if need be. */
function opened(socket: WebSocket, signal: AbortSignal | undefined): Promise<boolean> {
  if (socket.readyState === WebSocket.OPEN) return Promise.resolve(true)
  return new Promise((resolve) => {
    const finish = (): void => resolve(socket.readyState === WebSocket.OPEN)
    socket.addEventListener('open', finish, { once: true })
    socket.addEventListener('close', finish, { once: true })
    signal?.addEventListener('abort', () => { socket.close(); resolve(false) }, { once: true })
  })
}
