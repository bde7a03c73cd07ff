import { signal as stateSignal } from '../util/signals.ts'
import type { ReadonlySignal } from '../util/signals.ts'

/** Relays whose servers are used at a time: browsers warn of five servers and gather slowly from more. */
const MAX_USED = 2
/** Relays whose servers are kept, for when one that is used goes. */
const MAX_KEPT = 6

/** What one relay has offered. */
interface Offer {
  servers: RTCIceServer[]
  /** Whether we are connected to the relay. */
  isPresent: boolean
}

/** The ICE servers that relays have offered us, by relay. */
export class IceShelf {
  readonly #servers = stateSignal<RTCIceServer[]>([])
  readonly #byRelay = new Map<string, Offer>()

  /**
   * Those to use, of the relays that are there and have served us longest. TURN over TCP and TLS of one of them only: ICE
   * checks each of our addresses with each of the peer's, one pair in 50 ms, and those that hardly anybody needs must not
   * stand in the way of the others. Keeps its value while nothing changes.
   */
  get servers(): ReadonlySignal<RTCIceServer[]> {
    return this.#servers
  }

  /** A relay has offered these; what it offered before no longer counts. */
  put(relay: string, servers: RTCIceServer[]): void {
    if (!this.#byRelay.has(relay) && this.#byRelay.size >= MAX_KEPT) return
    this.#byRelay.set(relay, { servers, isPresent: true })
    this.#update()
  }

  /** We have lost the connection to the relay: others come before it. */
  leave(relay: string): void {
    const offer = this.#byRelay.get(relay)
    if (offer !== undefined) offer.isPresent = false
    this.#update()
  }

  /** The relay is gone, or what it offered has expired. */
  drop(relay: string): void {
    if (this.#byRelay.delete(relay)) this.#update()
  }

  #update(): void {
    const offers = [...this.#byRelay.values()].filter(({ servers }) => servers.length > 0)
    const best = offers.toSorted((a, b) => Number(b.isPresent) - Number(a.isPresent)).slice(0, MAX_USED)
    const byTcp = best.find(({ servers }) => servers.some(isByTcp))
    const used = best.flatMap((offer) => offer === byTcp ? offer.servers : offer.servers.filter((server) => !isByTcp(server)))
    if (JSON.stringify(used) !== JSON.stringify(this.#servers.peek())) this.#servers.value = used
  }
}

/** Each of a relay's servers has one URL. */
function isByTcp({ urls }: RTCIceServer): boolean {
  return [urls].flat().some((url) => url.endsWith('transport=tcp'))
}
