import type { Allocations } from './allocations.ts'
import type { Counters } from './counters.ts'
import { UdpListener } from './udp-listener.ts'
import type { OnMessage } from './udp-listener.ts'

export interface UdpListenersOptions {
  counters: Counters
  allocations: Allocations
  onMessage: OnMessage
}

/** A UDP listener for each address of this machine, as these come and go; all on one port. */
export class UdpListeners {
  readonly #options: UdpListenersOptions
  readonly #byAddress = new Map<string, UdpListener>()

  constructor(options: UdpListenersOptions) {
    this.#options = options
  }

  get addresses(): string[] {
    return [...this.#byAddress.keys()]
  }

  /**
   * Listens on all these addresses at `port`, which 0 leaves to the first one. Returns the port.
   *
   * @throws {Error} with the system's `code` when the port is taken on one of them, or none can be had; none is kept then
   */
  async open(addresses: readonly string[], port: number): Promise<number> {
    let chosen = port
    let missing: unknown
    try {
      for (const address of addresses) {
        // An address of an interface that is just coming or going cannot be bound; following takes it in later.
        await this.#bind(address, chosen).catch((error: unknown) => {
          if (isTaken(error)) throw error
          missing = error
        })
        chosen = this.#byAddress.get(address)?.local.port ?? chosen
      }
      if (this.#byAddress.size === 0) throw missing ?? new RangeError('no address to listen on')
      return chosen
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Follows a change of addresses: allocations of an address that is gone end. */
  async follow(addresses: readonly string[], port: number): Promise<void> {
    for (const [address, listener] of this.#byAddress) {
      if (!addresses.includes(address)) await this.#drop(address, listener)
    }
    for (const address of addresses.filter((each) => !this.#byAddress.has(each))) {
      // Not ready yet, or the port is somebody else's there: the next round tries again.
      await this.#bind(address, port).catch(() => undefined)
    }
  }

  /** Resolves when the ports are free again. */
  async close(): Promise<void> {
    await Promise.all([...this.#byAddress].map(([address, listener]) => this.#drop(address, listener)))
  }

  async #bind(address: string, port: number): Promise<void> {
    const { counters, onMessage } = this.#options
    this.#byAddress.set(address, await UdpListener.bind({ address, port }, counters, onMessage))
  }

  async #drop(address: string, listener: UdpListener): Promise<void> {
    this.#byAddress.delete(address)
    for (const { allocation } of listener.clients) if (allocation !== undefined) this.#options.allocations.remove(allocation)
    await listener.close()
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
