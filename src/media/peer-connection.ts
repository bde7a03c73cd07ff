import { childController, onAbort } from '../util/abort.ts'
import { createLog } from '../util/log.ts'
import { markOnce } from '../util/marks.ts'
import { reconcile } from '../util/reconcile.ts'
import { computed, effect, signal, type ReadonlySignal, type Signal } from '../util/signals.ts'
import { decodeControlMessage, encodeControlMessage, HEARTBEAT_MS, Refusal } from '../wire/index.ts'
import type { ControlMessage, SignalBody } from '../wire/index.ts'
import type { ReceiverView } from './encodings.ts'
import { LinkHealth } from './link-health.ts'
import { Liveness } from './liveness.ts'
import { Negotiation } from './negotiation.ts'
import { OfferResender } from './offer-resender.ts'
import type { RecoveryStep } from './recovery.ts'
import { RemoteStreams } from './remote-streams.ts'
import { RtcConnection } from './rtc-connection.ts'
import { inboundBytes } from './stats.ts'
import { SECTIONS, type Sections } from './transceivers.ts'
import type { LinkOptions, LinkPhase, MediaLink, RemoteMedia, SendTracks } from './types.ts'

const log = createLog('link')

/** After the peer closed its connection, a rebuild of its must have announced itself by then, milliseconds; else it has left. */
const CLOSE_GRACE_MS = 1_000

export interface PeerLinkOptions extends LinkOptions {
  iceTransportPolicy: RTCIceTransportPolicy
}

/** One remote session's media: the connection, what is said about it, and what is done when it fails. */
export class PeerLink implements MediaLink {
  readonly #options: PeerLinkOptions
  readonly #lifetime: AbortController
  readonly #phase: Signal<LinkPhase> = signal('connecting')
  readonly #view: Signal<ReceiverView> = signal({ camera: null, screen: null })
  readonly #streams = new RemoteStreams()
  readonly #connection: RtcConnection
  readonly #negotiation: Negotiation
  readonly #resender: OfferResender
  readonly #health: LinkHealth
  readonly #liveness = new Liveness(performance.now())
  /** The RTCPeerConnection that a description broke. */
  #broken: RTCPeerConnection | null = null

  constructor(options: PeerLinkOptions, tracks: SendTracks) {
    this.#options = options
    this.#lifetime = childController(options.signal)
    this.#health = new LinkHealth(options.polite)
    const lifetime = { signal: this.#lifetime.signal }
    this.#connection = new RtcConnection({
      ...lifetime,
      iceServers: options.iceServers,
      iceTransportPolicy: options.iceTransportPolicy,
      tracks,
      onLateCandidates: (candidates) => this.#signal({ kind: 'candidates', candidates }),
      onState: () => this.#assess(),
      onControl: (data) => this.#control(data),
      onControlClosed: () => this.#awaitReturn(),
    })
    this.#negotiation = new Negotiation(this.#connection, {
      ...lifetime,
      polite: options.polite,
      send: (body) => this.#signal(body),
      newOfferId: () => crypto.randomUUID(),
    })
    this.#resender = new OfferResender(() => this.#negotiation.unanswered, () => void this.#negotiation.resend(), lifetime)
    this.#followTracks(tracks)
    const timer = setInterval(() => void this.#tick(), HEARTBEAT_MS)
    onAbort(lifetime.signal, () => {
      clearInterval(timer)
      this.#phase.value = 'closed'
      this.#streams.clear()
    })
  }

  get phase(): ReadonlySignal<LinkPhase> { return this.#phase }

  get remote(): ReadonlySignal<RemoteMedia> { return this.#streams.media }

  /** At which size the peer shows our videos; null until it has said so. */
  get view(): ReadonlySignal<ReceiverView> { return this.#view }

  /** What we send in; null before the first description. */
  get sections(): ReadonlySignal<Sections | null> { return this.#connection.sections }

  start(): void {
    this.#attempt(this.#negotiation.offer())
  }

  receive(seq: number, body: SignalBody): void {
    if (body.kind === 'description') {
      markOnce(body.type)
      if (body.type === 'offer') this.#health.peerStepped(performance.now())
    }
    this.#attempt(this.#negotiation.receive(seq, body))
  }

  send(message: ControlMessage): boolean {
    // What a silent connection is given may never arrive, and a signal is what could mend it: it has other carriers.
    if (message.kind === 'signal' && this.#phase.peek() !== 'connected') return false
    return this.#connection.sendControl(encodeControlMessage(message))
  }

  restart(): void {
    if (this.#lifetime.signal.aborted) return
    this.#connection.pc.restartIce()
    this.#attempt(this.#negotiation.offer())
  }

  /** Waits for a step of negotiation; one that fails has left the connection in a state that only a new one mends. */
  #attempt(step: Promise<void>): void {
    step.catch((error: unknown) => {
      if (this.#lifetime.signal.aborted) return
      log.warn('negotiation failed', error)
      this.#broken = this.#connection.pc
      this.#assess()
    })
  }

  #signal(body: SignalBody): void {
    if (body.kind === 'description') {
      markOnce(body.type)
      if (body.type === 'offer') this.#resender.sent(body.offerId)
    }
    this.#options.send(body)
  }

  #control(data: unknown): void {
    let message: ControlMessage
    try {
      message = decodeControlMessage(data)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return log.warn('control message refused', error.code)
    }
    this.#liveness.heard(performance.now())
    if (message.kind === 'view') this.#view.value = { camera: message.camera, screen: message.screen }
    else if (message.kind !== 'heartbeat') this.#options.onControl(message)
    if (this.#phase.peek() === 'interrupted') this.#assess()
  }

  async #tick(): Promise<void> {
    this.#connection.sendControl(encodeControlMessage({ kind: 'heartbeat' }))
    await this.#liveness.tick(performance.now(), () => inboundBytes(this.#connection.pc))
    this.#assess()
  }

  /** Looks at how things stand, says so, and does what recovery thinks best. */
  #assess(): void {
    if (this.#lifetime.signal.aborted) return
    const now = performance.now()
    const { connectionState, iceConnectionState } = this.#connection.pc
    // Until it is up a connection has nothing to be silent about.
    if (connectionState !== 'connected' && this.#phase.peek() === 'connecting') this.#liveness.heard(now)
    const { phase, step } = this.#health.observe({
      connectionState,
      iceConnectionState,
      silent: this.#liveness.isSilent(now),
      broken: this.#broken === this.#connection.pc,
      unanswered: this.#negotiation.unanswered !== null,
      missedServers: this.#connection.missedServers,
    }, now)
    if (phase === 'connected') markOnce('ice-connected')
    this.#phase.value = phase
    this.#recover(step)
  }

  #recover(step: RecoveryStep): void {
    switch (step) {
      case 'wait': return
      case 'restart-ice': return this.restart()
      case 'rebuild': return this.#attempt(this.#negotiation.rebuild())
      case 'give-up': return this.#lifetime.abort()
      default: throw new Error(`no such step: ${step satisfies never}`)
    }
  }

  /** The peer closed the connection: to build another, which it then says, or for good. */
  #awaitReturn(): void {
    // A channel that dies of a broken network is no goodbye; recovery sees to it.
    if (this.#liveness.isSilent(performance.now())) return
    const { pc } = this.#connection
    const timer = setTimeout(() => {
      if (this.#connection.pc === pc) this.#lifetime.abort()
    }, CLOSE_GRACE_MS)
    onAbort(this.#lifetime.signal, () => clearTimeout(timer))
  }

  #followTracks(tracks: SendTracks): void {
    const { signal } = this.#lifetime
    for (const { name } of SECTIONS) {
      const wanted = computed(() => ({ sender: this.sections.value?.[name].sender, track: tracks[name].value }))
      reconcile(wanted, async ({ sender, track }) => {
        if (sender !== undefined && sender.track !== track) await sender.replaceTrack(track)
      }, { signal })
    }
    onAbort(signal, effect(() => {
      const sections = this.#connection.remoteSections.value
      if (sections !== null) this.#streams.show(sections)
    }))
  }
}
