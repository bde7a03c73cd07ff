import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { RelayConfig } from '../config/types.ts'
import { hasIpv6 } from './addresses.ts'

/**
 * The UDP port for webrtc-direct, given the port that HTTP got: the one of the configuration, else the same number, else
 * any. Undefined when webrtc-direct is switched off.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` and `port` when the configuration names a port that is taken
 */
export async function chooseUdpPort({ webrtcDirect, host }: Pick<RelayConfig, 'webrtcDirect' | 'host'>, httpPort: number): Promise<number | undefined> {
  if (!webrtcDirect.enabled) return undefined
  if (webrtcDirect.port !== undefined) return probe(webrtcDirect.port, host)
  try {
    return await probe(httpPort, host)
  } catch {
    // Taken by somebody else's program: clients learn the number with the address anyway.
    return probe(0, host)
  }
}

/** Binds for a moment; resolves with the port, which is another one than asked for only for 0. */
async function probe(port: number, host: string | undefined): Promise<number> {
  const isIpv6 = host === undefined ? hasIpv6() : host.includes(':')
  const socket = createSocket(isIpv6 ? 'udp6' : 'udp4')
  socket.bind(port, host)
  try {
    await once(socket, 'listening')
    return socket.address().port
  } finally {
    socket.close()
  }
}
