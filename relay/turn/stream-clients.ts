import type { Allocations } from './allocations.ts'
import type { Counters } from './counters.ts'
import type { TurnLimits } from './options.ts'
import { Tally } from './quota.ts'
import { addressBlock } from '../addresses/address-block.ts'
import { StreamClient } from './stream-client.ts'
import type { StreamSocket } from './stream-client.ts'
import type { OnMessage } from './udp-listener.ts'

export interface StreamClientsOptions {
  limits: TurnLimits
  counters: Counters
  allocations: Allocations
  onMessage: OnMessage
}

/** All clients that came by a stream, whoever accepted it. */
export class StreamClients {
  readonly #options: StreamClientsOptions
  readonly #clients = new Set<StreamClient>()
  readonly #perSource: Tally

  constructor(options: StreamClientsOptions) {
    this.#options = options
    this.#perSource = new Tally(options.limits.connectionsPerAddress)
  }

  /** Takes a connection over, or closes it when there are too many. */
  accept(socket: StreamSocket): void {
    const { limits, counters, allocations, onMessage } = this.#options
    // The peer may have gone already, and then it has no address any more.
    if (socket.remoteAddress === undefined || socket.localAddress === undefined) return void socket.destroy()
    const onClose = (client: StreamClient): void => {
      this.#clients.delete(client)
      this.#perSource.remove(addressBlock(client.address))
      if (client.allocation !== undefined) allocations.remove(client.allocation)
    }
    if (this.#clients.size >= limits.connections || !this.#perSource.add(addressBlock(socket.remoteAddress))) {
      counters.refuse('connection-quota')
      socket.on('error', () => undefined)
      return void socket.destroy()
    }
    this.#clients.add(new StreamClient({ socket, counters, onMessage, onClose }))
  }

  /** Cuts connections without use. */
  sweep(now: number): void {
    for (const client of this.#clients) client.sweep(now)
  }

  /** Ends all connections. */
  clear(): void {
    for (const client of this.#clients) client.destroy()
  }
}
