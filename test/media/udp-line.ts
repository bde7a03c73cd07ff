import { createSocket, type Socket } from 'node:dgram'
import { MIRROR_HOST } from '../../bench/join/delay-proxy.ts'
import { onAbort, type Lifetime } from '../../src/util/abort.ts'
import { CLEAR, Shaper, type Shape } from '../lab/shaper.ts'

/** A page's UDP port, how what it sends fares, and the address at which others reach it. */
interface Endpoint {
  host: string
  port: number
  mirror: Socket
  shaper: Shaper
}

/**
 * A bad line between pages of this machine, which needs neither root nor a namespace. Every UDP port that `add` is told of
 * gets a mirror on MIRROR_HOST: what is sent to the mirror of X by Y comes to X from the mirror of Y, late, or not at all.
 * Pages are led there by `installIceDetour`. Closes its sockets when its signal aborts.
 */
export class UdpLine {
  readonly #endpoints = new Map<number, Endpoint>()
  readonly #lifetime: AbortSignal
  #shape: Shape = CLEAR

  constructor({ signal }: Lifetime) {
    this.#lifetime = signal
  }

  /** Makes the line be so, for what each side sends, from now on. */
  set(shape: Partial<Shape>): void {
    this.#shape = { ...CLEAR, ...shape }
    for (const { shaper } of this.#endpoints.values()) shaper.shape = this.#shape
  }

  /** Opens the mirror of a port; a second time it does nothing. */
  add(host: string, port: number): void {
    if (this.#endpoints.has(port) || this.#lifetime.aborted) return
    const mirror = createSocket('udp4')
    const shaper = new Shaper()
    shaper.shape = this.#shape
    const to: Endpoint = { host, port, mirror, shaper }
    this.#endpoints.set(port, to)
    mirror.on('message', (data, sender) => this.#carry(data, sender.port, to))
    mirror.bind(port, MIRROR_HOST)
    onAbort(this.#lifetime, () => mirror.close())
  }

  #carry(data: Buffer, senderPort: number, to: Endpoint): void {
    const from = this.#endpoints.get(senderPort)
    const now = performance.now()
    const arrivesMs = from?.shaper.admit(data.length, now)
    if (from === undefined || arrivesMs === undefined) return
    const timer = setTimeout(() => {
      if (!this.#lifetime.aborted) from.mirror.send(data, to.port, to.host)
    }, arrivesMs - now)
    timer.unref()
  }
}
