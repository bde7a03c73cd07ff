import type { Endpoint } from './address.ts'
import { EndpointMap } from './endpoint-map.ts'

/** A channel binding lives ten minutes (RFC 8656 section 12), milliseconds. */
const LIFETIME_MS = 600_000

/** A channel number that stands for a peer. */
export interface Channel extends Endpoint {
  readonly number: number
  /** On the caller's clock. */
  expiresAt: number
}

/** The channels of an allocation. Pure bookkeeping; times are milliseconds on any one clock. */
export class Channels {
  readonly #max: number
  readonly #byNumber = new Map<number, Channel>()
  readonly #byPeer = new EndpointMap<Channel>()

  constructor(max: number) {
    this.#max = max
  }

  /**
   * Whether the number can be bound to the peer: `conflict` when it stands for another one or the peer has another number
   * (RFC 8656 section 12.2), `full` when there are too many.
   */
  check(number: number, { address, port }: Endpoint, now: number): 'fine' | 'conflict' | 'full' {
    const known = this.get(number, now)
    if (known !== this.of(address, port, now)) return 'conflict'
    if (known === undefined && this.#byNumber.size >= this.#max) this.#dropExpired(now)
    return known === undefined && this.#byNumber.size >= this.#max ? 'full' : 'fine'
  }

  /** Binds or refreshes what `check` has found fine. */
  bind(number: number, { address, port }: Endpoint, now: number): void {
    const channel = { number, address, port, expiresAt: now + LIFETIME_MS }
    this.#byNumber.set(number, channel)
    this.#byPeer.set(address, port, channel)
  }

  /** The channel of this number, while it is bound. */
  get(number: number, now: number): Channel | undefined {
    return this.#alive(this.#byNumber.get(number), now)
  }

  /** The channel of this peer, while it is bound. */
  of(address: string, port: number, now: number): Channel | undefined {
    return this.#alive(this.#byPeer.get(address, port), now)
  }

  get size(): number {
    return this.#byNumber.size
  }

  #alive(channel: Channel | undefined, now: number): Channel | undefined {
    if (channel === undefined || channel.expiresAt > now) return channel
    this.#drop(channel)
    return undefined
  }

  #dropExpired(now: number): void {
    for (const channel of this.#byNumber.values()) this.#alive(channel, now)
  }

  #drop({ number, address, port }: Channel): void {
    this.#byNumber.delete(number)
    this.#byPeer.delete(address, port)
  }
}
