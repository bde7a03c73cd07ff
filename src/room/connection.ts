import { childController, onAbort, type Lifetime } from '../util/abort.ts'
import { effect, untracked, type ReadonlySignal } from '../util/signals.ts'
import type { ControlMessage, Introduction, PeerKey, SessionId, Signal, SignalBody } from '../wire/index.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { isPolite } from './politeness.ts'
import type { Presence } from './presence-policy.ts'
import type { LinkPhase, MakeLink, MediaLink } from './ports.ts'

/** What one join gives to all of its connections. */
export interface CallContext {
  readonly self: PeerKey
  readonly session: SessionId
  readonly makeLink: MakeLink
  readonly iceServers: ReadonlySignal<RTCIceServer[]>
  readonly now: () => number
  /** Next number of our session; all that we send shares one counter. */
  readonly nextSeq: () => number
  readonly introduce: () => Introduction
  /** Hands a signal to the network; rejects when no carrier takes it. */
  readonly transmit: (signal: Signal) => Promise<void>
}

export interface ConnectionOptions extends Lifetime {
  context: CallContext
  peer: PeerKey
  session: SessionId
  onControl: (message: ControlMessage) => void
  /** Called with the link's phase, first when it is made and then on each change. */
  onPhase: (phase: LinkPhase) => void
}

/** A link that breaks this soon after a change of network broke because of it, and need not be waited for. */
const NETWORK_CHANGE_MS = 10_000

/** The media link with one remote session, the signals on it, and what is known of the session's presence. */
export class Connection {
  readonly peer: PeerKey
  readonly session: SessionId
  readonly link: MediaLink
  readonly #context: CallContext
  readonly #controller: AbortController
  readonly #outbox: Outbox
  readonly #onPhase: (phase: LinkPhase) => void
  readonly #madeAt: number
  #phase: LinkPhase = 'connecting'
  #wasConnected = false
  #brokenAt = 0
  #heardAt: number
  /** The message that made us know the session. */
  #heard = 1
  #networkChangedAt = -Infinity

  /** @throws whatever making a link throws */
  constructor({ context, peer, session, onControl, onPhase, signal }: ConnectionOptions) {
    this.peer = peer
    this.session = session
    this.#context = context
    this.#onPhase = onPhase
    this.#madeAt = this.#heardAt = context.now()
    this.#controller = childController(signal)
    const lifetime = { signal: this.#controller.signal }
    this.#outbox = createOutbox({
      transmit: context.transmit,
      wanted: () => this.#phase !== 'connected',
      ...lifetime,
    })
    try {
      this.link = context.makeLink({
        polite: isPolite(context.self, peer),
        iceServers: context.iceServers,
        send: (body) => this.#post(body),
        onControl,
        ...lifetime,
      })
    } catch (error) {
      this.close()
      throw error
    }
    const unfollow = effect(() => {
      const phase = this.link.phase.value
      untracked(() => this.#follow(phase))
    })
    onAbort(lifetime.signal, unfollow)
  }

  /** Makes the first offer. */
  start(): void {
    this.link.start()
  }

  /** Takes a signal from any carrier, in any order; the link sorts them by number. */
  receive(seq: number, body: SignalBody): void {
    this.link.receive(seq, body)
  }

  /** Notes a sign of life from outside the media connection. */
  heard(): void {
    this.#heardAt = this.#context.now()
    this.#heard += 1
  }

  /** Sends on the control channel; false when it is not open. */
  tell(message: ControlMessage): boolean {
    return this.link.send(message)
  }

  /** Repairs a broken link at once instead of waiting for the old path to come back. */
  networkChanged(): void {
    this.#networkChangedAt = this.#context.now()
    if (this.#phase === 'interrupted') this.link.restart()
  }

  presence(): Presence {
    const now = this.#context.now()
    return {
      phase: this.#phase,
      wasConnected: this.#wasConnected,
      ageMs: now - this.#madeAt,
      brokenMs: now - this.#brokenAt,
      silentMs: now - this.#heardAt,
      heard: this.#heard,
    }
  }

  /** Ends the link; nothing more comes of it. */
  close(): void {
    this.#controller.abort()
  }

  #follow(phase: LinkPhase): void {
    // Closed by us: its owner knows, and may already have another connection in this one's place.
    if (this.#controller.signal.aborted) return
    const now = this.#context.now()
    if (this.#phase === 'connected' && phase !== 'connected') this.#brokenAt = now
    if (phase === 'connected') this.#wasConnected = true
    this.#phase = phase
    this.#onPhase(phase)
    if (phase === 'interrupted' && now - this.#networkChangedAt < NETWORK_CHANGE_MS) this.link.restart()
  }

  #post(body: SignalBody): void {
    if (this.#controller.signal.aborted) return
    const { session, nextSeq, introduce } = this.#context
    const seq = nextSeq()
    if (this.link.send({ kind: 'signal', seq, body })) return
    this.#outbox.post({ kind: 'signal', session, seq, to: this.peer, toSession: this.session, body, ...introduce() })
  }
}
