import { once } from 'node:events'
import { createServer } from 'node:net'
import type { RelayConfig } from '../config/types.ts'

/** The TCP port lies this far above the other one, unless it was chosen: two relays side by side do not collide. */
const DISTANCE = 1_000
const MAX_PORT = 65_535

/**
 * The port on which to listen for other relays by plain TCP, given the port that HTTP got. Undefined when the usual one
 * is taken: relays reach each other by WebSocket as well.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` and `port` when the configuration names a port that is taken
 */
export async function chooseTcpPort({ tcpPort, host, port }: RelayConfig, httpPort: number): Promise<number | undefined> {
  if (tcpPort !== undefined) {
    await probe(tcpPort, host)
    return tcpPort
  }
  const usual = port === 0 || httpPort + DISTANCE > MAX_PORT ? 0 : httpPort + DISTANCE
  try {
    await probe(usual, host)
    return usual
  } catch {
    // Taken: somebody else's program, and no reason not to run.
    return undefined
  }
}

/** Listens for a moment; rejects when the port cannot be had. */
async function probe(port: number, host: string | undefined): Promise<void> {
  const server = createServer()
  server.listen(host === undefined ? { port } : { port, host })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}
