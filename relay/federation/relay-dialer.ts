import type { Libp2p, PeerId, PeerInfo } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { createLog } from '../../src/util/log.ts'
import { TokenBucket } from '../../src/util/token-bucket.ts'
import { directAddresses } from './dialable.ts'
import { Quarantine } from './quarantine.ts'
import type { Roster } from './roster.ts'

/** What dialling hints works with. */
export interface RelayDialerOptions extends Lifetime {
  libp2p: Pick<Libp2p, 'dial' | 'getConnections' | 'hangUp' | 'peerId'>
  roster: Pick<Roster, 'verdict'>
  /** Whether to leave private addresses alone. */
  publicOnly: boolean
}

const DIAL_TIMEOUT_MS = 5_000
const IDENTIFY_TIMEOUT_MS = 10_000
/** A peer that is no relay of this network is not asked again for so long, milliseconds. */
const STRANGER_MS = 3_600_000
/** Where nobody answered is not tried again for so long, milliseconds: a relay that restarts is back by then. */
const UNREACHABLE_MS = 30_000
const MAX_QUARANTINED = 2_000

const log = createLog('relay:dialer')

/** Dials that one purpose may spend: so many a minute, and a quarter of them at once. */
export function dialBudget(perMinute: number): TokenBucket {
  return new TokenBucket({ perSecond: perMinute / 60, burst: perMinute / 4 }, Date.now())
}

/**
 * Dials peers of which strangers say that they are relays. Each must show by identify that it is one of this network;
 * otherwise it is disconnected and left alone for an hour. What the DHT yields can waste no more than the budget.
 */
export class RelayDialer {
  readonly #options: RelayDialerOptions
  /** Peer ids, proven by their key to be no relays; nobody can bring another's id in here. */
  readonly #strangers = new Quarantine(MAX_QUARANTINED)
  /** Addresses. A false address that is filed for somebody costs that relay nothing but this address. */
  readonly #unreachable = new Quarantine(MAX_QUARANTINED)
  #dials = 0

  constructor(options: RelayDialerOptions) {
    this.#options = options
  }

  /** Dials so far, for `/metrics`. */
  get dials(): number {
    return this.#dials
  }

  /** Whether dialling this hint now could help: it is somebody else, not connected, and not known to be of no use. */
  isWorthwhile(hint: PeerInfo): boolean {
    const { libp2p } = this.#options
    return !hint.id.equals(libp2p.peerId) && libp2p.getConnections(hint.id).length === 0
      && !this.#strangers.has(hint.id.toString(), Date.now()) && this.#addresses(hint).length > 0
  }

  /** Dials a hint if the budget has a dial left; true when it proved to be a relay of this network. Never rejects. */
  async dial(hint: PeerInfo, budget: TokenBucket): Promise<boolean> {
    const { libp2p, roster, signal } = this.#options
    if (!this.isWorthwhile(hint) || !budget.take(1, Date.now())) return false
    const addresses = this.#addresses(hint)
    const isRelay = await this.#connect(addresses) && await roster.verdict(hint.id, IDENTIFY_TIMEOUT_MS)
    if (isRelay || signal.aborted) return isRelay
    if (libp2p.getConnections(hint.id).length === 0) this.#giveUp(addresses)
    else await this.#dismiss(hint.id)
    return false
  }

  async #connect(addresses: Multiaddr[]): Promise<boolean> {
    const limit = withTimeout(this.#options.signal, DIAL_TIMEOUT_MS)
    this.#dials++
    try {
      await this.#options.libp2p.dial(addresses, { signal: limit.signal })
      return true
    } catch (error) {
      log.debug('a found relay is not reachable', (error as Error).name)
      return false
    } finally {
      limit.done()
    }
  }

  /** Nobody there, or somebody who has no room for us. */
  #giveUp(addresses: Multiaddr[]): void {
    for (const address of addresses) this.#unreachable.add(address.toString(), Date.now() + UNREACHABLE_MS)
  }

  async #dismiss(peer: PeerId): Promise<void> {
    this.#strangers.add(peer.toString(), Date.now() + STRANGER_MS)
    await this.#options.libp2p.hangUp(peer).catch(() => {
      // It is on its way out already.
    })
  }

  #addresses(hint: PeerInfo): Multiaddr[] {
    const now = Date.now()
    return directAddresses(hint, this.#options.publicOnly).filter((address) => !this.#unreachable.has(address.toString(), now))
  }
}
