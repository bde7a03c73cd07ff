import { childController, onAbort } from '../../util/abort.ts'
import { createLog } from '../../util/log.ts'
import { markOnce } from '../../util/marks.ts'
import { computed, signal, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { encodeControlMessage, HEARTBEAT_MS } from '../../wire/index.ts'
import type { ControlMessage, MediaState, SignalBody } from '../../wire/index.ts'
import { candidatePairs } from './candidate-pairs.ts'
import { readControl } from './control-channel.ts'
import type { ReceiverView } from '../uplink/encodings.ts'
import { followSpeech, listenTo } from '../follow-speech.ts'
import { followTracks } from './follow-tracks.ts'
import { sendKeyFrame } from '../recovery/key-frame.ts'
import { LinkHealth } from '../recovery/link-health.ts'
import { LinkObserver } from '../recovery/link-observer.ts'
import { LinkPulse } from '../recovery/link-pulse.ts'
import { Negotiation } from './negotiation.ts'
import { OfferResender } from './offer-resender.ts'
import type { RecoveryStep } from '../recovery/recovery.ts'
import { RemoteStreams } from './remote-streams.ts'
import { RtcConnection } from './rtc-connection.ts'
import { readStats, receivedBytes, statsOf } from './stats.ts'
import type { Sections } from './transceivers.ts'
import { followPolicy } from './transport-policy.ts'
import type { CandidatePairInfo, FilePort, LinkOptions, LinkPath, LinkPhase, LinkQuality, MediaLink, RemoteMedia, SendTracks, TransportPolicy } from '../types.ts'

const log = createLog('link')

/** After the peer closed its connection, a rebuild of its must have announced itself by then, milliseconds; else it has left. */
const CLOSE_GRACE_MS = 1_000
/** For so long after an interruption, milliseconds, it need not have: other carriers take their time to come back. */
const RESTORED_MS = 10_000
const HIDDEN: ReceiverView = { camera: { width: 0, height: 0 }, screen: { width: 0, height: 0 } }

export interface PeerLinkOptions extends LinkOptions {
  /** Followed while the link lives. */
  policy: ReadonlySignal<TransportPolicy>
  /** Called when the link, having been up, becomes doubtful or breaks. */
  onDoubt: () => void
}

/** One remote session's media: the connection, what is said about it, and what is done when it fails. */
export class PeerLink implements MediaLink {
  readonly speaking: ReadonlySignal<boolean>
  /** Written by the `UplinkMonitor`, which looks at all paths. */
  readonly quality: Signal<LinkQuality> = signal('good')
  readonly #options: PeerLinkOptions
  readonly #lifetime: AbortController
  readonly #phase: Signal<LinkPhase> = signal('connecting')
  readonly #shownAt: Signal<ReceiverView> = signal({ camera: null, screen: null })
  readonly #resting = signal(false)
  readonly #view = computed(() => this.#resting.value ? HIDDEN : this.#shownAt.value)
  readonly #streams: RemoteStreams
  readonly #connection: RtcConnection
  readonly #negotiation: Negotiation
  readonly #resender: OfferResender
  readonly #health: LinkHealth
  readonly #pulse: LinkPulse
  readonly #observer: LinkObserver
  /** The RTCPeerConnection that a description broke, or whose pictures no longer decode. */
  #broken: RTCPeerConnection | null = null
  /** What the peer says that it sends. */
  #told: MediaState | null = null
  #wasUp = false
  /** When an interruption last ended. */
  #restoredAt = -Infinity

  constructor(options: PeerLinkOptions, tracks: SendTracks) {
    this.#options = options
    this.#lifetime = childController(options.signal)
    this.#health = new LinkHealth(options.polite)
    const lifetime = { signal: this.#lifetime.signal }
    this.#connection = new RtcConnection({
      ...lifetime,
      iceServers: options.iceServers,
      policy: options.policy,
      tracks,
      onLateCandidates: (candidates) => this.#signal({ kind: 'candidates', candidates }),
      onState: () => this.#assess(),
      onPath: () => {
        this.#pulse.rerouted()
        void this.#tick()
      },
      onControl: (data) => this.#control(data),
      onControlClosed: () => this.#awaitReturn(),
    })
    this.#streams = new RemoteStreams(this.#connection.remoteSections, lifetime)
    this.#negotiation = new Negotiation(this.#connection, {
      ...lifetime,
      polite: options.polite,
      send: (body) => this.#signal(body),
      newOfferId: () => crypto.randomUUID(),
    })
    this.#resender = new OfferResender(() => this.#negotiation.unanswered, () => void this.#negotiation.resend(), lifetime)
    this.#pulse = new LinkPulse((hears) => void this.send({ kind: 'heartbeat', hears }), performance.now())
    this.#observer = new LinkObserver({
      askKeyFrame: (video) => void this.send({ kind: 'key-frame', video }),
      onStuck: () => this.#replaceStuck(),
      onDetour: () => this.restart(),
    })
    followTracks(this.sections, tracks, lifetime)
    // A connection of which nothing was said yet has its new configuration already, and needs no more.
    followPolicy(options.policy, (step) => { if (this.sections.peek() !== null) this.#recover(step) }, lifetime)
    this.speaking = followSpeech(signal(true), listenTo(this.#connection.remoteSections), lifetime)
    const timer = setInterval(() => void this.#tick(), HEARTBEAT_MS / 2)
    onAbort(lifetime.signal, () => {
      clearInterval(timer)
      this.#phase.value = 'closed'
      this.#observer.forget()
    })
  }

  get phase(): ReadonlySignal<LinkPhase> { return this.#phase }
  get remote(): ReadonlySignal<RemoteMedia> { return this.#streams.media }

  get pipe(): ReadonlySignal<RTCDataChannel | null> { return this.#connection.pipe }
  get files(): ReadonlySignal<FilePort | null> { return this.#connection.files }

  get path(): ReadonlySignal<LinkPath | null> { return this.#observer.path }

  /** At which size the peer shows our videos; null until it has said so, nothing while it is long out of reach. */
  get view(): ReadonlySignal<ReceiverView> { return this.#view }

  /** What we send in; null before the first description. */
  get sections(): ReadonlySignal<Sections | null> { return this.#connection.sections }

  /** Statistics of the present connection. */
  stats(): Promise<RTCStatsReport> { return statsOf(this.#connection.pc) }

  start(): void {
    this.#attempt(this.#negotiation.offer())
  }

  receive(seq: number, body: SignalBody): void {
    if (body.kind === 'unheard') return this.#pulse.told(false, performance.now())
    if (body.kind === 'description') {
      markOnce(body.type)
      if (body.type === 'offer') this.#peerOffered()
    }
    // Ours, where it is outstanding, has not arrived yet.
    if (body.kind === 'restart') this.prompt()
    this.#attempt(this.#negotiation.receive(seq, body))
  }

  send(message: ControlMessage): boolean {
    // What a silent connection is given may never arrive, and a signal is what could mend it: it has other carriers.
    if (message.kind === 'signal' && this.#phase.peek() !== 'connected') return false
    return this.#connection.sendControl(encodeControlMessage(message))
  }

  restart(): void {
    if (!this.#lifetime.signal.aborted) this.#attempt(this.#negotiation.restart())
  }

  hurry(): void {
    const now = performance.now()
    this.#health.hurry(now)
    this.#pulse.suspect(now)
    this.#assess()
  }

  prompt(): void {
    this.#health.prompt()
    this.#assess()
  }

  candidatePairs(): Promise<CandidatePairInfo[]> { return candidatePairs(this.#connection.pc) }

  #peerOffered(): void {
    this.#health.peerStepped(performance.now())
    // Ours wins where it is outstanding, and has not arrived yet if the peer still offers.
    if (!this.#options.polite) this.#health.prompt()
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
    if (body.kind === 'description') markOnce(body.type)
    const { unanswered } = this.#negotiation
    const isOffer = body.kind === 'restart' || (body.kind === 'description' && body.type === 'offer')
    if (isOffer && unanswered !== null) this.#health.offerSaid(this.#resender.sent(unanswered), performance.now())
    this.#options.send(body)
  }

  #control(data: unknown): void {
    const message = readControl(data)
    if (message === null) return
    const now = performance.now()
    this.#pulse.heard(now)
    switch (message.kind) {
      case 'heartbeat':
        this.#pulse.told(message.hears, now)
        break
      case 'view':
        this.#shownAt.value = { camera: message.camera, screen: message.screen }
        break
      case 'key-frame':
        void this.#keyFrame(message.video, now)
        break
      default:
        if (message.kind === 'state') this.#told = message.media
        this.#options.onControl(message)
    }
    if (this.#phase.peek() === 'interrupted') this.#assess()
  }

  async #keyFrame(video: 'camera' | 'screen', nowMs: number): Promise<void> {
    const sender = this.sections.peek()?.[video].sender
    if (sender !== undefined) await sendKeyFrame(sender, nowMs)
  }

  async #tick(): Promise<void> {
    if (this.#lifetime.signal.aborted) return
    const { pc } = this.#connection
    await this.#pulse.tick(performance.now(), async () => receivedBytes(await readStats(pc)))
    this.#assess()
    if (this.#phase.peek() !== 'connected') return
    await this.#observer.look({ pc, sections: this.sections.peek(), told: this.#told }, performance.now())
  }

  /** Looks at how things stand, says so, and does what recovery thinks best. */
  #assess(): void {
    if (this.#lifetime.signal.aborted) return
    const now = performance.now()
    const { connectionState, iceConnectionState } = this.#connection.pc
    const isUp = connectionState === 'connected' && iceConnectionState !== 'disconnected'
    // Until it is up a connection has nothing to be silent about, and when it comes up both directions were just checked.
    if ((isUp && !this.#wasUp) || (!isUp && this.#phase.peek() === 'connecting')) this.#pulse.renewed(now)
    this.#wasUp = isUp
    const { phase, step, isNewDoubt } = this.#health.observe({
      connectionState,
      iceConnectionState,
      doubtful: this.#pulse.isDoubtful,
      silent: this.#pulse.isSilent,
      unheard: this.#pulse.isUnheard(now),
      broken: this.#broken === this.#connection.pc,
      unanswered: this.#negotiation.unanswered !== null,
      missedServers: this.#connection.missedServers,
      signalable: this.#options.signalable(),
    }, now)
    if (isNewDoubt) this.#options.onDoubt()
    const isBreak = phase === 'interrupted' && this.#phase.peek() === 'connected'
    this.#enter(phase)
    // Heartbeats say it too; but where the path works in our direction, they soon wait for receipts that cannot come.
    if (isBreak && this.#pulse.isSilent && this.#options.signalable()) this.#signal({ kind: 'unheard' })
    this.#recover(step)
  }

  #enter(phase: LinkPhase): void {
    if (phase === 'connected') markOnce('ice-connected')
    if (phase === 'connected' && this.#phase.peek() === 'interrupted') this.#restoredAt = performance.now()
    if (phase !== this.#phase.peek()) {
      if (phase === 'connected') this.#observer.refresh()
      else this.#observer.forget()
    }
    // What is sent into a gap is missed, or worse: it arrives at its end. Each rest ends with a picture that needs none before it.
    this.#resting.value = phase === 'interrupted'
    this.#phase.value = phase
  }

  #recover(step: RecoveryStep): void {
    switch (step) {
      case 'wait': return
      case 'resend': return this.#attempt(this.#negotiation.resend())
      case 'renew': return this.#attempt(this.#negotiation.renew())
      case 'restart-ice': return this.restart()
      case 'rebuild': return this.#attempt(this.#negotiation.rebuild())
      default: throw new Error(`no such step: ${step satisfies never}`)
    }
  }

  /** Nothing comes of what arrives. Where no other way is open to say so, the path is worth more than the picture. */
  #replaceStuck(): void {
    if (!this.#options.signalable()) return
    this.#broken = this.#connection.pc
    this.#assess()
  }

  /** The peer closed the connection: to build another, which it then says, or for good. */
  #awaitReturn(): void {
    // While a link is being repaired this is no goodbye: a channel dies of a broken network, or with a connection that is rebuilt.
    if (this.#phase.peek() !== 'connected' || performance.now() - this.#restoredAt < RESTORED_MS) return
    const { pc } = this.#connection
    const timer = setTimeout(() => {
      if (this.#connection.pc === pc) this.#lifetime.abort()
    }, CLOSE_GRACE_MS)
    onAbort(this.#lifetime.signal, () => clearTimeout(timer))
  }
}
