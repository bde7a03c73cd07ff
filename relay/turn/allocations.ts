import type { Endpoint, Family } from './address.ts'
import type { Allocation } from './allocation.ts'
import type { Counters, Refusal } from './counters.ts'
import { EndpointMap } from './endpoint-map.ts'
import type { TurnLimits } from './options.ts'
import { Tally } from './quota.ts'
import type { Account } from './quota.ts'
import { addressBlock } from '../addresses/address-block.ts'
import type { RelaySocket } from './relay-socket.ts'

/** All allocations of a server, by relayed address, and how many there may be. */
export class Allocations {
  readonly #limits: TurnLimits
  readonly #counters: Counters
  readonly #live = new Set<Allocation>()
  readonly #byRelayed = new EndpointMap<Allocation>()
  readonly #perSource: Tally
  #places = 0

  constructor(limits: TurnLimits, counters: Counters) {
    this.#limits = limits
    this.#counters = counters
    this.#perSource = new Tally(limits.allocationsPerAddress)
  }

  /** Takes a place for an allocation that is to be made, or says which limit forbids it. */
  enter(account: Account, clientAddress: string): Refusal | undefined {
    if (this.#places >= this.#limits.allocations) return 'capacity'
    if (account.allocations >= this.#limits.allocationsPerUser) return 'allocation-quota'
    if (!this.#perSource.add(addressBlock(clientAddress))) return 'allocation-quota'
    account.allocations++
    this.#places++
    return undefined
  }

  /** Gives the place back. */
  leave(account: Account, clientAddress: string): void {
    this.#perSource.remove(addressBlock(clientAddress))
    account.allocations--
    this.#places--
  }

  /** Adds an allocation for which a place was taken. */
  add(allocation: Allocation): void {
    this.#live.add(allocation)
    for (const { address, port } of allocation.relays.flatMap(namesOf)) this.#byRelayed.set(address, port, allocation)
    allocation.client.allocation = allocation
    this.#counters.totalAllocations++
    this.#counters.liveAllocations++
  }

  /** Ends an allocation and frees its place. */
  remove(allocation: Allocation): void {
    if (!this.#live.delete(allocation)) return
    const { client, account } = allocation
    for (const relay of allocation.relays) this.#forget(relay)
    allocation.close()
    client.allocation = undefined
    client.release()
    this.leave(account, client.address)
    this.#counters.liveAllocations--
  }

  /** Ends one family of an allocation that has both. */
  removeFamily(allocation: Allocation, family: Family): void {
    for (const relay of allocation.relays.filter((relay) => relay.family === family)) this.#forget(relay)
    allocation.drop(family)
  }

  /** The allocation with this relayed address, as bound or as reported. */
  relayedAt(address: string, port: number): Allocation | undefined {
    return this.#byRelayed.get(address, port)
  }

  /** Ends what has expired. */
  sweep(now: number): void {
    for (const allocation of this.#live) if (allocation.expiresAt <= now) this.remove(allocation)
  }

  /** Ends all. */
  clear(): void {
    for (const allocation of this.#live) this.remove(allocation)
  }

  #forget(relay: RelaySocket): void {
    for (const { address, port } of namesOf(relay)) this.#byRelayed.delete(address, port)
  }
}

function namesOf({ local, reported }: RelaySocket): Endpoint[] {
  return [local, reported]
}
