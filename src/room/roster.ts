import { onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import type { ReadonlySignal, Signal } from '../util/signals.ts'
import type { ControlMessage, PeerKey, SessionId } from '../wire/index.ts'
import { Connection, type CallContext } from './connection.ts'
import { Participant } from './participant.ts'
import { isReplaceable, isUnreachable, outageOf, standingOf } from './presence-policy.ts'
import type { LinkPhase } from './ports.ts'
import type { Outage, ParticipantView, Reach } from './views.ts'

const log = createLog('room')

/** Others in the room at once: each costs an encoder and a share of the uplink, so a full mesh ends here. */
export const MAX_PARTICIPANTS = 16

/** How often absence is looked for; limits in `presence-policy.ts` are met within this time. */
const SWEEP_MS = 250
/** Between two looks that are further apart than this, milliseconds, the machine has slept. */
const SLEEP_MS = 5_000

/** Who speaks, before it has a place. */
export interface Newcomer {
  peer: PeerKey
  session: SessionId
  name: string
  addresses: string[]
}

export interface RosterOptions extends Lifetime {
  context: CallContext
  /** Where the list is shown; emptied when the lifetime ends. */
  views: Signal<readonly ParticipantView[]>
  /** What of the network answers. */
  reach: ReadonlySignal<Reach>
  /** Where it is said that nobody can be reached. */
  outage: Signal<Outage | null>
  onControl: (participant: Participant, message: ControlMessage) => void
  /** Called when a connection has closed without a goodbye: whoever was at its other end may still be there. */
  onLost: () => void
  /** Called on each connection, and then four times a second until it returns true: says what a fresh link must be told. */
  brief: (participant: Participant) => boolean
}

/** The people in the room, in order of arrival. */
export class Roster {
  readonly #options: RosterOptions
  readonly #byPeer = new Map<PeerKey, Participant>()
  readonly #unbriefed = new Set<Participant>()
  #sweptAt: number

  constructor(options: RosterOptions) {
    this.#options = options
    this.#sweptAt = options.context.now()
    const timer = setInterval(() => this.#sweep(), SWEEP_MS)
    onAbort(options.signal, () => {
      clearInterval(timer)
      this.clear()
    })
  }

  get(peer: PeerKey): Participant | undefined {
    return this.#byPeer.get(peer)
  }

  all(): Participant[] {
    return [...this.#byPeer.values()]
  }

  /**
   * Gives the newcomer a place, or its new session the old one's place. Null when the room is full of people who are
   * there, or when the browser cannot make one more connection.
   */
  meet({ peer, session, name, addresses }: Newcomer): Participant | null {
    const known = this.#byPeer.get(peer)
    if (!known && !this.#makeRoom()) return null
    known?.connection.close()
    const connection = this.#connect(peer, session)
    if (!connection) {
      if (known) this.remove(known)
      return null
    }
    const participant = known ?? new Participant(name, connection)
    participant.addresses = addresses
    if (known) {
      known.attach(connection)
      known.rename(name)
      this.#unbriefed.delete(known)
      this.#assess()
      return known
    }
    this.#byPeer.set(peer, participant)
    this.#publish()
    return participant
  }

  /** Takes the tile away and ends its connection. */
  remove(participant: Participant): void {
    if (this.#byPeer.get(participant.peer) !== participant) return
    this.#byPeer.delete(participant.peer)
    this.#unbriefed.delete(participant)
    participant.connection.close()
    this.#publish()
    this.#assess()
  }

  /** Forgets everybody; connections live on until the lifetime ends. */
  clear(): void {
    this.#byPeer.clear()
    this.#unbriefed.clear()
    this.#publish()
    this.#assess()
  }

  /** Briefs somebody who is still to be briefed: the control channel may have opened since. */
  brief(participant: Participant): void {
    if (this.#unbriefed.has(participant) && this.#options.brief(participant)) this.#unbriefed.delete(participant)
  }

  #connect(peer: PeerKey, session: SessionId): Connection | null {
    const { context, signal, onControl } = this.#options
    const current = (): Participant | undefined => {
      const participant = this.#byPeer.get(peer)
      return participant?.connection === connection ? participant : undefined
    }
    let connection: Connection | undefined
    try {
      connection = new Connection({
        context, peer, session, signal,
        onControl: (message) => { const to = current(); if (to) onControl(to, message) },
        onPhase: (phase) => { const of = current(); if (of) this.#follow(of, phase) },
      })
      return connection
    } catch (error) {
      // Browsers refuse connections beyond some number of their own; the people already here must not suffer.
      log.warn('no connection could be made', error)
      return null
    }
  }

  #follow(participant: Participant, phase: LinkPhase): void {
    participant.follow(phase)
    if (phase === 'closed') {
      this.remove(participant)
      this.#options.onLost()
      return
    }
    this.#assess()
    if (phase === 'connected') {
      this.#unbriefed.add(participant)
      this.brief(participant)
    }
  }

  #sweep(): void {
    const now = this.#options.context.now()
    const sleptMs = now - this.#sweptAt - SWEEP_MS
    this.#sweptAt = now
    if (sleptMs > SLEEP_MS) for (const { connection } of this.all()) connection.excuse(sleptMs)
    this.#assess()
    for (const participant of this.all()) this.brief(participant)
  }

  /** Looks where everybody stands, and whether anybody can be reached at all. */
  #assess(): void {
    const { context, reach, outage } = this.#options
    const listed = this.all().filter(({ isAway }) => !isAway).map(({ connection }) => connection.presence())
    const found = outageOf(listed, reach.peek(), context.now())
    if (!isSameOutage(found, outage.peek())) outage.value = found
    const isCutOff = found !== null && found.reach !== 'relay'
    let changed = false
    for (const participant of this.all()) {
      const { isAway, connection } = participant
      const presence = connection.presence()
      // Who was away before we were cut off is no nearer for that.
      const standing = standingOf(presence, isCutOff && !isAway)
      if (standing === 'gone') return this.remove(participant)
      participant.settle(standing, isUnreachable(presence))
      changed ||= participant.isAway !== isAway
    }
    if (changed) this.#publish()
  }

  /** Whether there is a place, after giving up one that is held by somebody out of reach if need be. */
  #makeRoom(): boolean {
    if (this.#byPeer.size < MAX_PARTICIPANTS) return true
    const idle = this.all().find(({ connection }) => isReplaceable(connection.presence()))
    if (idle) this.remove(idle)
    return idle !== undefined
  }

  #publish(): void {
    this.#options.views.value = this.all().filter(({ isAway }) => !isAway)
  }
}

/** The same moment is reckoned anew at each look, and the clock may tick in between. */
function isSameOutage(a: Outage | null, b: Outage | null): boolean {
  if (a === null || b === null) return a === b
  return a.reach === b.reach && Math.abs(a.since - b.since) < 1_000
}
