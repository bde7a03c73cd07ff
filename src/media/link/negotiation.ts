import { SerialQueue } from '../../util/serial-queue.ts'
import type { DescriptionBody, NegotiationBody } from '../../wire/message.ts'
import { RemoteCandidates } from './remote-candidates.ts'
import type { Description, NegotiationOptions, RtcPort } from './rtc-port.ts'
import { dtlsFingerprint, iceUfrag } from './sdp.ts'

/**
 * Perfect negotiation (https://w3c.github.io/webrtc-pc/#perfect-negotiation-example) over carriers that may lose,
 * duplicate and reorder messages, with peers that may start anew. On a connection that both have agreed on only the
 * impolite side offers and the other asks it to, so that no offer there ever has to be taken back: an old one that arrives
 * when the path is whole again would cost the connection. No timers: `resend` is the owner's to call. What the browser
 * refuses rejects the call that met it. All is serial, so the example's `isSettingRemoteAnswerPending` is not needed.
 */
export class Negotiation {
  /** An offer of ours is wanted and not made yet. */
  makingOffer = false
  /** The last offer received lost against ours. */
  ignoreOffer = false
  readonly #port: RtcPort
  readonly #options: NegotiationOptions
  readonly #queue: SerialQueue
  readonly #candidates: RemoteCandidates
  #newest = -1
  #offer: DescriptionBody | null = null
  /** Names our wish for an offer of the peer's, while none has come. */
  #wish: string | null = null
  #answer: DescriptionBody | null = null
  #remoteSdp: string | null = null

  constructor(port: RtcPort, options: NegotiationOptions) {
    this.#port = port
    this.#options = options
    this.#queue = new SerialQueue(options.signal)
    this.#candidates = new RemoteCandidates(port)
  }

  /** The id of our offer that has no answer yet, or of our wish for one of the peer's. */
  get unanswered(): string | null { return this.#offer?.offerId ?? this.#wish }

  get #offerCollision(): boolean { return this.makingOffer || this.#port.signalingState !== 'stable' }

  /** Makes and sends an offer, or asks for one: now, or once the outstanding one is answered. One of the peer's serves as well. */
  async offer(): Promise<void> {
    this.makingOffer = true
    await this.#queue.run(() => this.#makeOffer())
  }

  /** The same, with new ICE credentials. */
  async restart(): Promise<void> {
    this.#port.restartIce()
    await this.offer()
  }

  /** Sends the unanswered offer again, with every candidate known by now, or the wish. */
  async resend(): Promise<void> {
    if (this.#wish === null) return await this.#dispatch(this.#offer)
    this.#options.send({ kind: 'restart' })
  }

  /** Replaces the unanswered offer by one with new ICE credentials; an answer to the old one no longer counts. */
  async renew(): Promise<void> { await this.#queue.run(() => this.#renew()) }

  /** Starts from nothing, on both sides. */
  async rebuild(): Promise<void> { await this.#queue.run(() => this.#rebuild()) }

  /** Handles a signal of the peer's, after those received before it. `seq` is the number of its message. */
  async receive(seq: number, body: NegotiationBody): Promise<void> {
    await this.#queue.run(async () => {
      if (body.kind !== 'candidates') {
        if (seq <= this.#newest) return
        this.#newest = seq
        if (body.kind === 'rebuild') return await this.#startAnew(!this.#options.polite && this.#offerCollision)
        if (body.kind === 'restart') return await this.#grant()
        await (body.type === 'offer' ? this.#acceptOffer(body) : this.#acceptAnswer(body))
      }
      await this.#candidates.add(body.candidates, this.#remoteSdp && iceUfrag(this.#remoteSdp))
    })
  }

  async #makeOffer(): Promise<void> {
    if (!this.makingOffer || this.#port.signalingState !== 'stable') return
    if (this.#options.polite && this.#remoteSdp !== null) return await this.#ask()
    this.#offer = name(await this.#port.setLocalDescription(), this.#options.newOfferId())
    this.makingOffer = false
    void this.#dispatch(this.#offer)
  }

  async #ask(): Promise<void> {
    this.makingOffer = false
    this.#wish = this.#options.newOfferId()
    await this.resend()
  }

  /** An unanswered offer of ours serves, and is said again by its owner. */
  async #grant(): Promise<void> {
    if (this.#options.polite || this.#offerCollision) return
    this.#port.restartIce()
    this.makingOffer = true
    await this.#makeOffer()
  }

  async #renew(): Promise<void> {
    if (this.#wish !== null) return await this.resend()
    if (this.#offer === null || this.#port.signalingState !== 'have-local-offer') return
    this.#port.restartIce()
    this.#offer = name(await this.#port.setLocalDescription(), this.#options.newOfferId())
    void this.#dispatch(this.#offer)
  }

  async #acceptOffer({ sdp, offerId }: DescriptionBody): Promise<void> {
    if (offerId === this.#answer?.offerId) return void this.#dispatch(this.#answer)
    const isStranger = this.#isStranger(sdp)
    this.ignoreOffer = !this.#options.polite && this.#offerCollision
    // Ours is to a connection that is no more: it would be answered by one that ours cannot change to.
    if (this.ignoreOffer && isStranger) await this.#startAnew(true)
    if (this.ignoreOffer) return
    this.makingOffer = false
    // An unanswered offer of the polite side's is the first on its connection.
    if (isStranger || this.#port.signalingState !== 'stable') await this.#startAnew(false)
    this.#offer = this.#wish = null
    await this.#port.setRemoteDescription({ type: 'offer', sdp })
    this.#remoteSdp = sdp
    this.#answer = name(await this.#port.setLocalDescription(), offerId)
    void this.#dispatch(this.#answer)
  }

  async #acceptAnswer({ sdp, offerId }: DescriptionBody): Promise<void> {
    if (offerId !== this.unanswered) return
    // The peer dropped the connection that it had answered us with before; ours cannot change partners.
    if (this.#isStranger(sdp)) return await this.#rebuild()
    await this.#port.setRemoteDescription({ type: 'answer', sdp })
    this.#remoteSdp = sdp
    this.#offer = null
    await this.#makeOffer()
  }

  async #rebuild(): Promise<void> {
    this.#options.send({ kind: 'rebuild' })
    await this.#startAnew(true)
  }

  async #startAnew(offering: boolean): Promise<void> {
    this.#port.replace()
    this.#offer = this.#answer = this.#remoteSdp = this.#wish = null
    this.makingOffer = offering
    await this.#makeOffer()
  }

  /** Whether a description comes from another RTCPeerConnection than the one that ours is tied to. */
  #isStranger(sdp: string): boolean {
    return this.#remoteSdp !== null && dtlsFingerprint(sdp) !== dtlsFingerprint(this.#remoteSdp)
  }

  async #dispatch(body: DescriptionBody | null): Promise<void> {
    if (body === null) return
    const candidates = await this.#port.gathered(iceUfrag(body.sdp))
    const isCurrent = body === this.#offer || body === this.#answer
    if (isCurrent && !this.#options.signal.aborted) this.#options.send({ ...body, candidates })
  }
}

const name = ({ type, sdp }: Description, offerId: string): DescriptionBody =>
  ({ kind: 'description', type, sdp, offerId, candidates: [] })
