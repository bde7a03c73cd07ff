import type { PeerId } from '@libp2p/interface'
import type { Tally } from '../tally.ts'
import type { LimitCause } from './causes.ts'
import type { Neighbours } from './neighbours.ts'
import { FairShares, sharesOf } from './shares.ts'

/** So much may be refused to a client at once, and so much a second for ever, before it is cut off. */
const PATIENCE = { burst: 256, perSecond: 4 }

/** Cuts off those who do not stop: a refusal costs little, but it costs something. */
export class Offenders {
  readonly #neighbours: Neighbours
  readonly #tally: Tally<LimitCause>
  readonly #patience = new FairShares(sharesOf(PATIENCE))

  constructor(neighbours: Neighbours, tally: Tally<LimitCause>) {
    this.#neighbours = neighbours
    this.#tally = tally
  }

  /** Counts one refusal of `cause`; a peer that was refused too much loses its connections. */
  refuse(peer: PeerId, cause: LimitCause): void {
    this.#tally.add(cause)
    const neighbour = this.#neighbours.of(peer)
    // The block's patience is not asked for: neighbours must not be cut off for what somebody else did.
    if (!this.#patience.spend({ ...neighbour, block: neighbour.id }, 1)) this.cutOff(peer)
  }

  /** Counts a refusal that no neighbour is to blame for. */
  note(cause: LimitCause): void {
    this.#tally.add(cause)
  }

  /** Closes the peer's connections without a goodbye. */
  cutOff(peer: PeerId): void {
    // libp2p takes closed connections out of the list that it has given.
    const connections = this.#neighbours.connections(peer).slice()
    if (connections.length > 0) this.#tally.add('offender')
    for (const connection of connections) connection.abort(new Error('the peer does not keep to the limits'))
  }
}
