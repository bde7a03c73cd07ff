/** The cable between one person's browser and a relay: all of the person's media and signaling go through it, and it can be pulled. */
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram'
import { createServer, connect, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import type { TestRelay } from './harness.ts'

const HOST = '127.0.0.1'

/** What is let through in each direction, as seen from the person. */
interface Open {
  up: boolean
  down: boolean
}

/** Forwards UDP to the relay's TURN server and TCP to its port, for one person. */
export class Cable {
  readonly #udp = createSocket('udp4')
  readonly #tcp: Server
  readonly #relay: TestRelay
  /** The far ends of the person's UDP flows, by the near one. */
  readonly #flows = new Map<string, UdpSocket>()
  readonly #sockets = new Set<Socket>()
  #media: Open = { up: true, down: true }
  #signaling = true

  constructor(relay: TestRelay) {
    this.#relay = relay
    this.#tcp = createServer((near) => this.#join(near))
    this.#udp.on('message', (packet, near) => { if (this.#media.up) this.#flow(near).send(packet, this.#turnPort, HOST) })
  }

  /** Starts, and makes a profile whose pages know the relay by this cable only, and go no other way. */
  async profile(browser: Browser): Promise<BrowserContext> {
    await new Promise<void>((resolve) => this.#udp.bind(0, HOST, resolve))
    await new Promise<void>((resolve) => this.#tcp.listen(0, HOST, resolve))
    const context = await browser.newContext({ permissions: ['camera', 'microphone'], viewport: { width: 480, height: 400 } })
    await context.addInitScript(({ far, near, turnPort, udpPort }) => {
      localStorage.setItem('parley:ice-transport-policy', 'relay')
      const redirect = (configuration: RTCConfiguration): RTCConfiguration => ({
        ...configuration,
        iceServers: (configuration.iceServers ?? []).flatMap(({ urls, ...rest }) => {
          const mine = [urls].flat().filter((url) => url.startsWith('turn:') && url.includes(`:${turnPort}`) && !url.includes('tcp'))
          return mine.length === 0 ? [] : [{ ...rest, urls: mine.map((url) => url.replace(`:${turnPort}`, `:${udpPort}`)) }]
        })
      })
      const setConfiguration = RTCPeerConnection.prototype.setConfiguration
      RTCPeerConnection.prototype.setConfiguration = function (configuration = {}) { setConfiguration.call(this, redirect(configuration)) }
      Object.assign(globalThis, {
        RTCPeerConnection: class extends RTCPeerConnection {
          constructor(configuration: RTCConfiguration = {}) { super(redirect(configuration)) }
        },
        WebSocket: class extends WebSocket {
          constructor(url: string | URL, protocols?: string | string[]) { super(String(url).replace(`:${far}`, `:${near}`), protocols) }
        }
      })
    }, { far: Number(new URL(this.#relay.url).port), near: portOf(this.#tcp.address()), turnPort: this.#turnPort, udpPort: this.#udp.address().port })
    return context
  }

  /** Lets media through in these directions only; signaling is not touched. */
  letMedia(open: Open): void {
    this.#media = open
  }

  /** Nothing gets through any more, and nobody is told. */
  pull(): void {
    this.#media = { up: false, down: false }
    this.#signaling = false
    for (const socket of this.#sockets) socket.pause()
  }

  /** Everything gets through again; what waited in TCP arrives late. */
  plug(): void {
    this.#media = { up: true, down: true }
    this.#signaling = true
    for (const socket of this.#sockets) socket.resume()
  }

  /** From now on the person's media comes from other ports, as behind a router that has started anew. */
  moveMedia(): void {
    for (const socket of this.#flows.values()) socket.close()
    this.#flows.clear()
  }

  /** Closes everything. */
  stop(): void {
    this.moveMedia()
    this.#udp.close()
    this.#tcp.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  get #turnPort(): number {
    return this.#relay.relay.turnPort ?? 0
  }

  #flow({ address, port }: RemoteInfo): UdpSocket {
    const near = `${address} ${port}`
    const known = this.#flows.get(near)
    if (known !== undefined) return known
    const far = createSocket('udp4')
    far.on('message', (packet) => { if (this.#media.down) this.#udp.send(packet, port, address) })
    this.#flows.set(near, far)
    return far
  }

  #join(near: Socket): void {
    const far = connect(Number(new URL(this.#relay.url).port), HOST)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      this.#sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('close', () => { this.#sockets.delete(from); to.destroy() })
      // Whatever breaks one end closes both.
      from.on('error', () => to.destroy())
      if (!this.#signaling) from.pause()
    }
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}
