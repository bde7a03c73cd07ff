import { addressBlock } from '../addresses/address-block.ts'

/** Handshakes under way at once; each holds a native connection until it fails, which takes seconds. */
const MAX_IN_ALL = 256
/** From one IPv4 address or one IPv6 /64: a school that comes back after an outage. */
const MAX_FROM_ONE = 32

/** Keeps the number of handshakes under way within bounds. */
export class HandshakeCap {
  readonly #from = new Map<string, number>()
  #total = 0

  /** Handshakes under way. */
  get total(): number {
    return this.#total
  }

  /** Runs a handshake; resolves without running it when there are too many. Rejects as the handshake does. */
  async run(host: string, handshake: () => Promise<void>): Promise<void> {
    const source = addressBlock(host)
    const mine = this.#from.get(source) ?? 0
    if (this.#total >= MAX_IN_ALL || mine >= MAX_FROM_ONE) return
    this.#total++
    this.#from.set(source, mine + 1)
    try {
      await handshake()
    } finally {
      this.#total--
      const left = (this.#from.get(source) ?? 1) - 1
      if (left > 0) this.#from.set(source, left)
      else this.#from.delete(source)
    }
  }
}
