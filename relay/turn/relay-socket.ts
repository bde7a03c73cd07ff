import type { Socket } from 'node:dgram'
import type { Endpoint, Family } from './address.ts'
import { familyOf } from './address.ts'
import { bindUdp, isBlocked } from './udp-socket.ts'

/** Of one allocation: a burst of a few key frames. */
const BUFFER_BYTES = 524_288

/** Takes what arrives at a relayed transport address. */
export type OnDatagram = (data: Buffer, address: string, port: number) => void

/** The socket behind a relayed transport address. */
export class RelaySocket {
  readonly family: Family
  /** Where it is bound. */
  readonly local: Endpoint
  /** What clients are told: behind a router that translates, another address with the same port. */
  readonly reported: Endpoint
  readonly #socket: Socket

  private constructor(socket: Socket, local: Endpoint, reportedAddress: string) {
    this.#socket = socket
    this.local = local
    this.reported = { address: reportedAddress, port: local.port }
    this.family = familyOf(local.address)
  }

  /** @throws {Error} with the system's `code` */
  static async bind(local: Endpoint, reportedAddress: string): Promise<RelaySocket> {
    return new RelaySocket(await bindUdp(local, BUFFER_BYTES), local, reportedAddress)
  }

  /** Hands over every datagram from now on; what came before is dropped by the system or by nobody listening. */
  listen(onDatagram: OnDatagram): void {
    this.#socket.on('message', (data, { address, port }) => onDatagram(data, address, port))
  }

  /** Sends a datagram; false when too much waits already. */
  send(data: Buffer, address: string, port: number): boolean {
    if (isBlocked(this.#socket)) return false
    this.#socket.send(data, port, address)
    return true
  }

  close(): void {
    this.#socket.close()
  }
}
