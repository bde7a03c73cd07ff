import { once } from 'node:events'
import { createHttpServer } from '../http/http-server.ts'
import type { HttpServerOptions } from '../http/http-server.ts'

/** Where the operator's pages get a port of their own; 0 for any. */
export interface ListenerOptions extends Pick<HttpServerOptions, 'network' | 'addresses' | 'health' | 'routes'> {
  host: string
  port: number
}

/**
 * Serves the operator's pages, to whoever reaches the port. Resolves when it listens, with a function that closes it.
 *
 * @throws {Error} with `code: 'EADDRINUSE'` when the port is taken
 */
export async function listenForOperator({ host, port, ...options }: ListenerOptions): Promise<() => Promise<void>> {
  const server = createHttpServer({ site: undefined, ...options })
  server.listen({ host, port })
  await once(server, 'listening')
  return async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
}
