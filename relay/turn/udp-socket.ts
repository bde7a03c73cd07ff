import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Endpoint } from './address.ts'

/** Bytes that may wait for the network card before more is dropped: what waits longer is of no use to a call. */
const MAX_BACKLOG_BYTES = 1_048_576

/**
 * Binds a UDP socket to one address. Whoever asked closes it.
 *
 * @throws {Error} with the system's `code`, such as EADDRINUSE or EADDRNOTAVAIL
 */
export async function bindUdp({ address, port }: Endpoint, bufferBytes: number): Promise<Socket> {
  const ipv6 = address.includes(':')
  const socket = createSocket({
    type: ipv6 ? 'udp6' : 'udp4', ipv6Only: ipv6,
    // Only ever addresses: the default would take a turn through the resolver for every packet.
    lookup: (address, _, callback) => callback(null, address, ipv6 ? 6 : 4)
  })
  try {
    // Asked for beforehand: without the resolver's turn, binding is over when `bind` returns.
    const listening = once(socket, 'listening')
    socket.bind({ address, port, exclusive: true })
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
  // What a receive may fail with says nothing about the next one.
  socket.on('error', () => undefined)
  enlarge(socket, bufferBytes)
  return socket
}

/** A burst of video must survive until the event loop comes round. */
function enlarge(socket: Socket, bytes: number): void {
  try {
    socket.setRecvBufferSize(bytes)
    socket.setSendBufferSize(bytes)
  } catch {
    // Linux gives what it allows; systems that refuse instead keep their own size, with which it works as well.
  }
}

/** Whether so much waits to be sent that a further packet had better be dropped. */
export function isBlocked(socket: Socket): boolean {
  return socket.getSendQueueSize() > MAX_BACKLOG_BYTES
}
