import { RELAY_V2_HOP_CODEC, RELAY_V2_STOP_CODEC } from '@libp2p/circuit-relay-v2'
import type { CircuitRelayService, RelayReservation } from '@libp2p/circuit-relay-v2'
import type { ConnectionGater, PeerId, Stream } from '@libp2p/interface'
import type { RelayLimits } from '../config/types.ts'
import type { LimitCause } from './causes.ts'
import { blockOfAddress } from './neighbours.ts'
import type { Neighbours } from './neighbours.ts'
import type { Offenders } from './offenders.ts'
import { TokenBuckets } from './shares.ts'

/** Relayed connections that one peer may have at a time, each way: one to everybody in a room of 64. */
export const CIRCUITS_PER_PEER = 64
/** Attempts to connect to one peer: a room of 64 at once, then four a second. */
const ATTEMPTS_AT_TARGET = { burst: 128, perSecond: 4 }
/** Of these one address block may make half, so that no block takes a peer's reachability away. */
const ATTEMPTS_OF_BLOCK = { burst: 64, perSecond: 2 }

/** A status message of circuit relay v2: RESOURCE_LIMIT_EXCEEDED, 201, length first. */
const TOO_MUCH = Uint8Array.of(5, 0x08, 2, 0x28, 0xc9, 1)

/** How long a refusal may take, milliseconds. */
const ANSWER_MS = 5_000

/** What the gate decides with. */
export interface CircuitGateOptions {
  neighbours: Neighbours
  offenders: Offenders
  limits: Pick<RelayLimits, 'reservations' | 'reservationsPerAddress'>
}

/**
 * Decides who gets a slot and who may connect to whom: peers of this network only, each address block its share. Refusals
 * here reach the peer as PERMISSION_DENIED, the only status that libp2p lets a gater give; a relay that is full says
 * RESERVATION_REFUSED itself. https://github.com/libp2p/specs/blob/master/relay/circuit-v2.md
 */
export class CircuitGate {
  readonly #options: CircuitGateOptions
  readonly #blocks = new WeakMap<RelayReservation, string>()
  /** Those who were let in a moment ago and may not be in the table yet, with their blocks. */
  readonly #entering = new Map<PeerId, string>()
  readonly #attempts = { target: new TokenBuckets(ATTEMPTS_AT_TARGET), block: new TokenBuckets(ATTEMPTS_OF_BLOCK) }
  #service: Pick<CircuitRelayService, 'reservations'> | undefined

  constructor(options: CircuitGateOptions) {
    this.#options = options
  }

  /** Tells which service's slots are counted. */
  attach(service: Pick<CircuitRelayService, 'reservations'>): void {
    this.#service = service
  }

  /** The rules, for libp2p. */
  get gater(): Pick<ConnectionGater, 'denyInboundRelayReservation' | 'denyOutboundRelayedConnection'> {
    return {
      denyInboundRelayReservation: async (source) => this.#denied(source, await this.#whyNoSlot(source)),
      denyOutboundRelayedConnection: async (source, target) => this.#denied(source, await this.#whyNoCircuit(source, target))
    }
  }

  #denied(peer: PeerId, cause: LimitCause | undefined): boolean {
    if (cause !== undefined) this.#options.offenders.refuse(peer, cause)
    // A full relay refuses by itself, with a better status.
    return cause !== undefined && cause !== 'reservation-full'
  }

  async #whyNoSlot(source: PeerId): Promise<LimitCause | undefined> {
    const { neighbours, limits } = this.#options
    if (!await neighbours.belongs(source)) return 'reservation-stranger'
    const reservations = this.#service?.reservations
    if (reservations === undefined || reservations.has(source)) return undefined
    if (reservations.size >= limits.reservations) return 'reservation-full'
    const { block } = neighbours.of(source)
    if (this.#slotsOf(block, reservations) >= limits.reservationsPerAddress) return 'reservation-address'
    this.#entering.set(source, block)
    setImmediate(() => this.#entering.delete(source))
    return undefined
  }

  #slotsOf(block: string, reservations: CircuitRelayService['reservations']): number {
    let slots = 0
    for (const reservation of reservations.values()) if (this.#blockOf(reservation) === block) slots++
    for (const [peer, entering] of this.#entering) if (entering === block && !reservations.has(peer)) slots++
    return slots
  }

  #blockOf(reservation: RelayReservation): string {
    const block = this.#blocks.get(reservation) ?? blockOfAddress(reservation.addr)
    this.#blocks.set(reservation, block)
    return block
  }

  async #whyNoCircuit(source: PeerId, target: PeerId): Promise<LimitCause | undefined> {
    const { neighbours } = this.#options
    if (!await neighbours.belongs(source)) return 'circuit-stranger'
    // The request's own stream is among those of the source.
    if (this.#open(source, 'inbound', RELAY_V2_HOP_CODEC) > CIRCUITS_PER_PEER) return 'circuit-source'
    if (this.#open(target, 'outbound', RELAY_V2_STOP_CODEC) >= CIRCUITS_PER_PEER) return 'circuit-target'
    const now = Date.now()
    const within = this.#attempts.block.take(`${neighbours.of(source).block} ${target}`, 1, now) &&
      this.#attempts.target.take(target.toString(), 1, now)
    return within ? undefined : 'circuit-target-rate'
  }

  #open(peer: PeerId, direction: Stream['direction'], protocol: string): number {
    return this.#options.neighbours.connections(peer)
      .flatMap(({ streams }) => streams).filter((stream) => stream.direction === direction && stream.protocol === protocol).length
  }
}

/** Answers what a peer asks for too often with RESOURCE_LIMIT_EXCEEDED; who has opened a stream and asks nothing loses it. */
export function refuseTooMuch(stream: Stream): void {
  const giveUp = (): void => { if (stream.writeStatus === 'writable') stream.abort(new Error('nothing was asked')) }
  const impatience = setTimeout(giveUp, ANSWER_MS)
  stream.addEventListener('close', () => clearTimeout(impatience))
  stream.addEventListener('remoteCloseWrite', giveUp)
  stream.addEventListener('message', () => {
    if (stream.writeStatus !== 'writable') return
    stream.send(TOO_MUCH)
    stream.close({ signal: AbortSignal.timeout(ANSWER_MS) }).catch((error: Error) => stream.abort(error))
  })
}
