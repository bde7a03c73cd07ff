/** A way to a relay on which connections can fall silent, as they do where a network changes or goes away. */
import { connect as connectTo, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { webSocketAddress } from './clients.ts'
import type { TestRelay } from './clients.ts'

/** The port of the relay's WebSocket address. */
export const portOf = (relay: TestRelay): number => Number(/\/tcp\/(\d+)\/ws/.exec(webSocketAddress(relay))?.[1])

/** A way to the relay that can be cut, so that it swallows what is sent and closes nothing; new connections wait until it is mended. */
export async function tunnelTo(relay: TestRelay) {
  const sockets: Socket[] = []
  const waiting: Socket[] = []
  let isCut = false
  let losses = 0
  const forward = (near: Socket): void => {
    const far = connectTo(portOf(relay), '127.0.0.1')
    sockets.push(near, far)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      // What was on its way when the way was cut is lost, and nothing of that connection can be understood any more.
      const lossesBefore = losses
      let wasCut = false
      const isLost = (): boolean => wasCut ||= isCut || losses > lossesBefore
      from.on('error', () => undefined)
      from.on('close', () => { if (!isLost()) to.destroy() })
      from.on('data', (data) => { if (!isLost()) to.write(data) })
      from.resume()
    }
  }
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (isCut) waiting.push(near)
    else forward(near)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => { server.once('listening', resolve) })
  onTestFinished(() => {
    for (const socket of [...sockets, ...waiting]) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    address: `/ip4/127.0.0.1/tcp/${port}/ws/p2p/${relay.peerId}`,
    cut: () => { isCut = true },
    /** Like a cut that is mended in the same moment: all connections of now are lost, and only they. */
    lose: () => { losses++ },
    mend: () => {
      isCut = false
      for (const near of waiting.splice(0)) forward(near)
    },
    /** Connections that were ever made, those of them that have ended, and those that wait for the way to be mended. */
    counts: () => ({ made: sockets.length / 2, closed: sockets.filter(({ closed }) => closed).length / 2, waiting: waiting.length })
  }
}
