import { randomInt } from 'node:crypto'
import type { Family } from './address.ts'
import type { PortRange } from './options.ts'
import { RelaySocket } from './relay-socket.ts'

/** Ports tried before there is said to be none. */
const ATTEMPTS = 50

/** Where relay sockets can be bound. */
export interface RelayPortsOptions {
  range: PortRange
  /** The address to bind for a client that came to `localAddress`; undefined when there is none of this family. */
  addressFor: (family: Family, localAddress: string) => string | undefined
  /** The address to report for a bound one. */
  reported: (address: string) => string
  /** Whether the reported address is somebody's already. */
  isTaken: (address: string, port: number) => boolean
}

/** What an allocation asks of its port (RFC 8656 sections 7.1 and 18.6). */
export interface PortWish {
  family: Family
  /** The address at which the client arrived. */
  localAddress: string
  even: boolean
  /** Bind the next higher port as well. */
  withNext: boolean
}

/** One socket, and the one above it when that was wished for. */
export interface RelayPair {
  relay: RelaySocket
  next: RelaySocket | undefined
}

/** Opens relay sockets at random ports (RFC 8656 section 7.2), so that nobody can guess the next one. */
export class RelayPorts {
  readonly #options: RelayPortsOptions

  constructor(options: RelayPortsOptions) {
    this.#options = options
  }

  /** Whether this machine has an address of this family to relay at. */
  has(family: Family, localAddress: string): boolean {
    return this.#options.addressFor(family, localAddress) !== undefined
  }

  /** Undefined when no port could be had. The caller closes the sockets. */
  async open({ family, localAddress, even, withNext }: PortWish): Promise<RelayPair | undefined> {
    const address = this.#options.addressFor(family, localAddress)
    if (address === undefined) return undefined
    const { min, max } = this.#options.range
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const any = randomInt(min, max + 1)
      const port = even && any % 2 === 1 ? any - 1 : any
      if (port < min || withNext && port + 1 > max) continue
      const relay = await this.#bind(address, port)
      if (relay === undefined) continue
      if (!withNext) return { relay, next: undefined }
      const next = await this.#bind(address, port + 1)
      if (next !== undefined) return { relay, next }
      relay.close()
    }
    return undefined
  }

  async #bind(address: string, port: number): Promise<RelaySocket | undefined> {
    const reported = this.#options.reported(address)
    if (this.#options.isTaken(reported, port)) return undefined
    try {
      return await RelaySocket.bind({ address, port }, reported)
    } catch {
      // Taken by another program, or no socket left: both look the same to the client, who is told of no capacity.
      return undefined
    }
  }
}
