import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { onAbort, type Lifetime } from '../../src/util/abort.ts'
import { DelayLine } from './delay-line.ts'

/** Where the mirrors listen; all of 127.0.0.0/8 is this machine. */
export const MIRROR_HOST = '127.0.0.2'

/** A client's distance counts as client to client, unless the other end is a server. */
export type EndpointKind = 'client' | 'server'

export interface UdpDelayOptions extends Lifetime {
  /** One way between two clients, milliseconds. */
  clientDelayMs: number
  /** One way between a client and a server, milliseconds. */
  serverDelayMs: number
}

interface Endpoint {
  host: string
  port: number
  kind: EndpointKind
  mirror: Socket
}

interface Parcel {
  from: Endpoint
  to: Endpoint
  data: Buffer
}

/**
 * Gives every UDP endpoint a mirror on 127.0.0.2 with the same port. What is sent to the mirror of X from Y reaches X
 * late, from the mirror of Y, so that X may answer the same way, and both believe the mirrors to be the real addresses.
 * Endpoints are told apart by port alone: two addresses of one machine with the same port cannot both be mirrored.
 * Closes every socket when its signal aborts.
 */
export class UdpDelay {
  /** Datagrams and bytes delivered between clients so far, in both directions together. */
  readonly delivered = { datagrams: 0, bytes: 0 }
  readonly #endpoints = new Map<number, Endpoint>()
  readonly #lines: Record<EndpointKind, DelayLine<Parcel>>
  readonly #options: UdpDelayOptions

  constructor(options: UdpDelayOptions) {
    this.#options = options
    this.#lines = { client: this.#line(options), server: this.#line(options) }
  }

  /** Opens the mirror of an endpoint. Calling it again only changes the kind. */
  add(host: string, port: number, kind: EndpointKind): void {
    const known = this.#endpoints.get(port)
    if (known !== undefined) known.kind = kind
    else if (!this.#options.signal.aborted) this.#endpoints.set(port, this.#open(host, port, kind))
  }

  #open(host: string, port: number, kind: EndpointKind): Endpoint {
    const mirror = createSocket('udp4')
    const endpoint = { host, port, kind, mirror }
    mirror.on('message', (data, sender) => {
      if (!this.#endpoints.has(sender.port)) this.add(sender.address, sender.port, 'client')
      const from = this.#endpoints.get(sender.port)
      if (from === undefined) return
      const server = from.kind === 'server' || endpoint.kind === 'server'
      const { clientDelayMs, serverDelayMs } = this.#options
      this.#lines[server ? 'server' : 'client'].push({ from, to: endpoint, data }, server ? serverDelayMs : clientDelayMs)
    })
    mirror.on('error', (error) => { throw new Error(`no mirror for UDP port ${port}`, { cause: error }) })
    mirror.bind(port, MIRROR_HOST)
    onAbort(this.#options.signal, () => mirror.close())
    return endpoint
  }

  #line(lifetime: Lifetime): DelayLine<Parcel> {
    return new DelayLine(({ from, to, data }) => {
      if (from.kind === 'client' && to.kind === 'client') {
        this.delivered.datagrams++
        this.delivered.bytes += data.length
      }
      from.mirror.send(data, to.port, to.host)
    }, lifetime)
  }
}
