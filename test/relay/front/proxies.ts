import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A TCP proxy on loopback in front of `port`, which it reaches from `localAddress`; it is gone with the test. */
export async function startProxy(port: number, localAddress = '127.0.0.1') {
  let stalled = false
  const turns: Array<'up' | 'down'> = []
  const sockets = new Set<Socket>()
  const stallables = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const upstream = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true, noDelay: true })
    stallables.add(upstream)
    const join = (from: Socket, to: Socket, direction: 'up' | 'down'): void => {
      sockets.add(from)
      from.on('data', (data) => {
        if (turns.at(-1) !== direction) turns.push(direction)
        if (!to.write(data)) from.pause()
      })
      to.on('drain', () => { if (!(stalled && stallables.has(from))) from.resume() })
      from.on('end', () => to.end())
      // What breaks on one side breaks on the other.
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
    join(client, upstream, 'up')
    join(upstream, client, 'down')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    port: (server.address() as AddressInfo).port,
    /** Who spoke, one after the other; each change of direction is half a round trip. */
    turns,
    /** From now on nothing that the server sends is read. */
    stall: () => {
      stalled = true
      for (const socket of stallables) socket.pause()
    },
    /** What was not read is read now. */
    resume: () => {
      stalled = false
      for (const socket of stallables) socket.resume()
    }
  }
}
