import type { Socket } from 'node:dgram'
import type { Endpoint } from './address.ts'
import type { Allocation } from './allocation.ts'
import type { Client } from './client.ts'
import type { Counters } from './counters.ts'
import { EndpointMap } from './endpoint-map.ts'
import { bindUdp, isBlocked } from './udp-socket.ts'

/** All clients of one address share the socket. */
const BUFFER_BYTES = 2_097_152

/** Takes each message of each client. */
export type OnMessage = (client: Client, bytes: Buffer) => void

/** One address of this machine on which clients arrive by UDP. */
export class UdpListener {
  readonly local: Endpoint
  readonly #socket: Socket
  readonly #counters: Counters
  readonly #held = new EndpointMap<UdpClient>()
  #open = true

  private constructor(socket: Socket, counters: Counters, onMessage: OnMessage) {
    const { address, port } = socket.address()
    this.local = { address, port }
    this.#socket = socket
    this.#counters = counters
    socket.on('message', (bytes, { address, port }) => {
      onMessage(this.#held.get(address, port) ?? new UdpClient(this, address, port), bytes)
    })
  }

  /** @throws {Error} with the system's `code`, such as EADDRINUSE */
  static async bind(local: Endpoint, counters: Counters, onMessage: OnMessage): Promise<UdpListener> {
    return new UdpListener(await bindUdp(local, BUFFER_BYTES), counters, onMessage)
  }

  get open(): boolean {
    return this.#open
  }

  /** Clients that are kept: those with an allocation. */
  get clients(): Client[] {
    return this.#held.values()
  }

  hold(client: UdpClient): void {
    this.#held.set(client.address, client.port, client)
  }

  release({ address, port }: Endpoint): void {
    this.#held.delete(address, port)
  }

  send(bytes: Buffer, { address, port }: Endpoint): void {
    if (!this.#open) return
    if (isBlocked(this.#socket)) return this.#counters.refuse('send-backlog')
    this.#socket.send(bytes, port, address)
  }

  /** Resolves when the port is free again. Whoever closes ends the allocations first. */
  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await new Promise<void>((resolve) => { this.#socket.close(() => resolve()) })
  }
}

class UdpClient implements Client {
  readonly address: string
  readonly port: number
  readonly stream = false
  allocation: Allocation | undefined
  allocating = false
  readonly #listener: UdpListener

  constructor(listener: UdpListener, address: string, port: number) {
    this.#listener = listener
    this.address = address
    this.port = port
  }

  get localAddress(): string {
    return this.#listener.local.address
  }

  get key(): string {
    return `udp ${this.localAddress} ${this.address} ${this.port}`
  }

  get connected(): boolean {
    return this.#listener.open
  }

  hold(): void {
    this.#listener.hold(this)
  }

  release(): void {
    this.#listener.release(this)
  }

  send(message: Buffer): void {
    this.#listener.send(message, this)
  }

  relay(message: Buffer): void {
    this.#listener.send(message, this)
  }
}
