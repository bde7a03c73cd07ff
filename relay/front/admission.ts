import type { RelayLimits } from '../config/types.ts'
import type { Tally } from '../tally.ts'
import { SourceLimiter } from '../addresses/source-limiter.ts'
import { addressBlock } from '../addresses/address-block.ts'
import type { FrontRefusal } from './refusals.ts'

/** Gives a place back; harmless when called again. */
export type Release = () => void

/** A full house may come at once, as after the relay was away; then it is this part of it each second. */
const REFILL_PER_SECOND = 0.1
/** From this part of an address's connections on, its browsers are asked not to keep idle ones. */
const CROWDED = 0.5

/** How many connections there may be, counted before anything is computed for them. */
export class Admission {
  readonly #limits: Pick<RelayLimits, 'connections' | 'connectionsPerAddress'>
  readonly #refusals: Tally<FrontRefusal>
  readonly #rate: SourceLimiter
  readonly #blocks = new Map<string, number>()
  #open = 0

  constructor(limits: Pick<RelayLimits, 'connections' | 'connectionsPerAddress'>, refusals: Tally<FrontRefusal>) {
    this.#limits = limits
    this.#refusals = refusals
    const burst = limits.connectionsPerAddress
    this.#rate = new SourceLimiter({ perSecond: Math.max(1, burst * REFILL_PER_SECOND), burst })
  }

  /** Connections that have a place now. */
  get open(): number {
    return this.#open
  }

  /** A place among all; undefined when there is none left. */
  admitSocket(): Release | undefined {
    if (this.#open >= this.#limits.connections) return this.#refuse('connections')
    this.#open += 1
    return once(() => { this.#open -= 1 })
  }

  /** A place among those of the same address; undefined when that has too many, or opens them too fast. */
  admitAddress(address: string): Release | undefined {
    const block = addressBlock(address)
    const count = this.#blocks.get(block) ?? 0
    if (count >= this.#limits.connectionsPerAddress) return this.#refuse('address-connections')
    if (!this.#rate.take(block, performance.now())) return this.#refuse('address-rate')
    this.#blocks.set(block, count + 1)
    return once(() => this.#leave(block))
  }

  /** Both places at once, or neither. */
  admit(address: string): Release | undefined {
    const leaveAddress = this.admitAddress(address)
    if (leaveAddress === undefined) return undefined
    const leave = this.admitSocket()
    if (leave !== undefined) return () => { leave(); leaveAddress() }
    leaveAddress()
    return undefined
  }

  /** Whether an address uses so much of its share that idle connections should go. */
  isCrowded(address: string): boolean {
    return (this.#blocks.get(addressBlock(address)) ?? 0) >= this.#limits.connectionsPerAddress * CROWDED
  }

  #leave(block: string): void {
    const left = (this.#blocks.get(block) ?? 0) - 1
    if (left > 0) this.#blocks.set(block, left)
    else this.#blocks.delete(block)
  }

  #refuse(cause: FrontRefusal): undefined {
    this.#refusals.add(cause)
    return undefined
  }
}

function once(act: () => void): Release {
  let done = false
  return () => {
    if (done) return
    done = true
    act()
  }
}
