import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** Listens for TCP clients. */
export class TcpListener {
  /** Where it listens, or has listened. */
  readonly port: number
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
  }

  /**
   * Listens on `host`, or on every address when it is undefined.
   *
   * @throws {Error} with the system's `code`, such as EADDRINUSE
   */
  static async listen(host: string | undefined, port: number, onSocket: (socket: Socket) => void): Promise<TcpListener> {
    const server = createServer({ noDelay: true, keepAlive: true }, onSocket)
    server.listen(host === undefined ? { port } : { port, host })
    await once(server, 'listening')
    // Running out of sockets for a moment is no reason to end.
    server.on('error', () => undefined)
    return new TcpListener(server)
  }

  /** Resolves when the port is free again. Whoever closes ends the connections first. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => { this.#server.close(() => resolve()) })
  }
}
