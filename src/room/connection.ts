import { childController, onAbort, type Lifetime } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { effect, untracked, type ReadonlySignal } from '../util/signals.ts'
import type { ControlMessage, Introduction, PeerKey, SessionId, Signal, SignalBody } from '../wire/index.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { isPolite } from './politeness.ts'
import { UNCONNECTED_LIMIT_MS, type Presence } from './presence-policy.ts'
import type { FilePort, LinkPhase, MakeLink, MediaLink, RoomChannel } from './ports.ts'

const log = createLog('connection')

/** For so long, milliseconds, a link that the peer has spoken around is not relied on alone. */
const DOUBT_MS = 5_000

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
  /** Whether a signal for this member has any other way than the link with it, as far as is known. */
  readonly signalable: (to: PeerKey) => boolean
  /** Lends a link's second channel to the network, until the signal aborts. */
  readonly adopt: RoomChannel['adopt']
  /** Lends a link's port for files, until the signal aborts. */
  readonly carryFiles: (member: PeerKey, port: FilePort, loan: Lifetime) => void
}

export interface ConnectionOptions extends Lifetime {
  context: CallContext
  peer: PeerKey
  session: SessionId
  onControl: (message: ControlMessage) => void
  /** Called with the link's phase, first when it is made and then on each change. */
  onPhase: (phase: LinkPhase) => void
}

/** The media link with one remote session, the signals on it, and what is known of the session's presence. */
export class Connection {
  readonly peer: PeerKey
  readonly session: SessionId
  readonly link: MediaLink
  readonly #context: CallContext
  readonly #controller: AbortController
  readonly #outbox: Outbox
  readonly #onPhase: (phase: LinkPhase) => void
  #madeAt: number
  #phase: LinkPhase = 'connecting'
  #wasConnected = false
  #brokenAt = 0
  #heardAt: number
  /** When the link came back, or the peer last said something around it that would have gone by it if the peer trusted it. */
  #doubtedAt = -Infinity
  /** When it was first heard after the link broke; null while it was not. */
  #talkingSince: number | null = null
  /** The message that made us know the session. */
  #heard = 1

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
        signalable: () => context.signalable(peer),
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
    this.#lendChannels(lifetime)
  }

  /** Makes the first offer. */
  start(): void {
    this.link.start()
  }

  /** Takes a signal from any carrier, in any order; the link sorts them by number. */
  receive(seq: number, body: SignalBody, way: 'link' | 'network'): void {
    log.debug(`received ${seq} by the ${way}`, describe(body))
    if (body.kind === 'description') this.#doubtedAt = way === 'network' && this.#phase === 'connected' ? this.#context.now() : -Infinity
    this.link.receive(seq, body)
  }

  /** Notes a sign of life from outside the media connection. */
  heard(): void {
    const now = this.#context.now()
    if (now - this.#heardAt > UNCONNECTED_LIMIT_MS) this.#talkingSince = null
    if (this.isBroken) this.#talkingSince ??= now
    this.#heardAt = now
    this.#heard += 1
  }

  /** Sends on the control channel; false when it is not open. */
  tell(message: ControlMessage): boolean {
    return this.link.send(message)
  }

  /** Our network has changed or our machine has slept: looks at the link at once, and repairs it without waiting for the peer. */
  networkChanged(): void {
    this.#outbox.retry()
    this.link.hurry()
  }

  /** A way to the peer may have opened: says again at once what was said in vain. */
  prompt(): void {
    if (this.#phase !== 'connected') this.#outbox.retry()
    this.link.prompt()
  }

  /** Our machine slept for `ms` milliseconds, in which nobody could be heard. */
  excuse(ms: number): void {
    this.#madeAt += ms
    this.#brokenAt += ms
    this.#heardAt += ms
    if (this.#talkingSince !== null) this.#talkingSince += ms
  }

  /** Whether the link was up and is not now. */
  get isBroken(): boolean {
    return this.#wasConnected && this.#phase !== 'connected'
  }

  presence(): Presence {
    const now = this.#context.now()
    return {
      phase: this.#phase,
      wasConnected: this.#wasConnected,
      ageMs: now - this.#madeAt,
      brokenMs: now - this.#brokenAt,
      talkingMs: this.#talkingSince === null ? 0 : now - this.#talkingSince,
      silentMs: now - this.#heardAt,
      heard: this.#heard,
    }
  }

  /** Ends the link; nothing more comes of it. */
  close(): void {
    this.#controller.abort()
  }

  /** Each channel for as long as the link has it. On pipes the impolite side dials, since one of them must. */
  #lendChannels(lifetime: Lifetime): void {
    const { context, peer } = { context: this.#context, peer: this.peer }
    const dials = !isPolite(context.self, peer)
    lend(this.link.pipe, (pipe, { signal }) => context.adopt(peer, pipe, { dials, signal }), lifetime)
    lend(this.link.files, (port, loan) => context.carryFiles(peer, port, loan), lifetime)
  }

  #follow(phase: LinkPhase): void {
    // Closed by us: its owner knows, and may already have another connection in this one's place.
    if (this.#controller.signal.aborted) return
    const now = this.#context.now()
    if (this.#phase === 'connected' && phase !== 'connected') this.#brokenAt = now
    if (phase === 'connected') {
      // It may have come back for us alone.
      if (this.#wasConnected) this.#doubtedAt = now
      this.#wasConnected = true
      this.#talkingSince = null
    }
    this.#phase = phase
    this.#onPhase(phase)
  }

  #post(body: SignalBody): void {
    if (this.#controller.signal.aborted) return
    const { session, nextSeq, introduce } = this.#context
    const seq = nextSeq()
    const goesByLink = this.link.send({ kind: 'signal', seq, body })
    log.debug(`${goesByLink ? 'says by the link' : 'posts'} ${seq}`, describe(body))
    // What goes by a link that the peer has just given up, or does not hear yet, is lost where we do not know it.
    if (goesByLink && this.#context.now() - this.#doubtedAt >= DOUBT_MS) return
    this.#outbox.post({ kind: 'signal', session, seq, to: this.peer, toSession: this.session, body, ...introduce() })
  }
}

/** Calls with each thing that is there, for as long as it is. */
function lend<Thing>(source: ReadonlySignal<Thing | null>, use: (thing: Thing, loan: Lifetime) => void, { signal }: Lifetime): void {
  let loan: AbortController | undefined
  onAbort(signal, effect(() => {
    const thing = source.value
    untracked(() => {
      loan?.abort()
      if (thing === null || signal.aborted) return
      const current = loan = childController(signal)
      use(thing, { signal: current.signal })
    })
  }))
}

/** What a log may tell of a signal. */
function describe(body: SignalBody): string {
  return body.kind === 'description' ? `${body.type} ${body.offerId.slice(0, 4)}` : body.kind
}
