import { SerialQueue } from '../../util/serial-queue.ts'
import type { DescriptionBody, NegotiationBody } from '../../wire/message.ts'
import { RemoteCandidates } from './remote-candidates.ts'
import type { Description, NegotiationOptions, RtcPort } from './rtc-port.ts'
import { dtlsFingerprint, iceUfrag } from './sdp.ts'

/**
 * Perfect negotiation (https://w3c.github.io/webrtc-pc/#perfect-negotiation-example) over carriers that may lose,
 * duplicate and reorder messages, with peers that may start anew. No timers: `resend` is the owner's to call. What the
 * browser refuses rejects the call that met it. All is serial, so the example's `isSettingRemoteAnswerPending` is not needed.
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
  #answer: DescriptionBody | null = null
  #remoteSdp: string | null = null

  constructor(port: RtcPort, options: NegotiationOptions) {
    this.#port = port
    this.#options = options
    this.#queue = new SerialQueue(options.signal)
    this.#candidates = new RemoteCandidates(port)
  }

  /** The id of our offer that has no answer yet. */
  get unanswered(): string | null { return this.#offer?.offerId ?? null }

  get #offerCollision(): boolean { return this.makingOffer || this.#port.signalingState !== 'stable' }

  /** Makes and sends an offer: now, or once the outstanding one is answered. An offer of the peer's serves as well. */
  async offer(): Promise<void> {
    this.makingOffer = true
    await this.#queue.run(() => this.#makeOffer())
  }

  /** Sends the unanswered offer again, with every candidate known by now. */
  async resend(): Promise<void> { await this.#dispatch(this.#offer) }

  /** Replaces the unanswered offer by a fresh one; an answer to the old one no longer counts. */
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
        await (body.type === 'offer' ? this.#acceptOffer(body) : this.#acceptAnswer(body))
      }
      await this.#candidates.add(body.candidates, this.#remoteSdp && iceUfrag(this.#remoteSdp))
    })
  }

  async #makeOffer(): Promise<void> {
    if (!this.makingOffer || this.#port.signalingState !== 'stable') return
    this.#offer = name(await this.#port.setLocalDescription(), this.#options.newOfferId())
    this.makingOffer = false
    void this.#dispatch(this.#offer)
  }

  async #renew(): Promise<void> {
    if (this.#offer === null || this.#port.signalingState !== 'have-local-offer') return
    this.#offer = name(await this.#port.setLocalDescription(), this.#options.newOfferId())
    void this.#dispatch(this.#offer)
  }

  async #acceptOffer({ sdp, offerId }: DescriptionBody): Promise<void> {
    if (offerId === this.#answer?.offerId) return void this.#dispatch(this.#answer)
    this.ignoreOffer = !this.#options.polite && this.#offerCollision
    if (this.ignoreOffer) return
    this.makingOffer = false
    if (this.#port.signalingState !== 'stable') await this.#port.rollback()
    this.#offer = null
    if (this.#isStranger(sdp)) await this.#startAnew(false)
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
    this.#offer = this.#answer = this.#remoteSdp = null
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
