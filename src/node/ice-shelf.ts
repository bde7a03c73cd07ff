import { signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'

/** Relays whose servers are used at a time: browsers warn of five servers and gather slowly from more. */
const MAX_USED = 2
/** Relays whose servers are kept, for when one that is used goes. */
const MAX_KEPT = 6

/** The ICE servers that relays have offered us, by relay. */
export class IceShelf {
  readonly #servers = stateSignal<RTCIceServer[]>([])
  readonly #byRelay = new Map<string, RTCIceServer[]>()

  /** Those to use, of the relays that have served us longest. Keeps its value while nothing changes. */
  get servers(): ReadonlySignal<RTCIceServer[]> {
    return this.#servers
  }

  /** A relay has offered these; what it offered before no longer counts. */
  put(relay: string, servers: RTCIceServer[]): void {
    if (!this.#byRelay.has(relay) && this.#byRelay.size >= MAX_KEPT) return
    this.#byRelay.set(relay, servers)
    this.#update()
  }

  /** The relay is gone, or what it offered has expired. */
  drop(relay: string): void {
    if (this.#byRelay.delete(relay)) this.#update()
  }

  #update(): void {
    const used = [...this.#byRelay.values()].filter((servers) => servers.length > 0).slice(0, MAX_USED).flat()
    if (JSON.stringify(used) !== JSON.stringify(this.#servers.peek())) this.#servers.value = used
  }
}
