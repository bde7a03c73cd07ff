import type { CandidatePairInfo, FilePort, LinkOptions, LinkPath, LinkPhase, LinkQuality, MakeLink, MediaLink, RemoteMedia } from '../../src/media/types.ts'
import { onAbort } from '../../src/util/abort.ts'
import { signal } from '../../src/util/signals.ts'
import { decodeControlMessage, encodeControlMessage } from '../../src/wire/index.ts'
import type { ControlMessage, PeerKey, SignalBody } from '../../src/wire/index.ts'

/** An offer without an answer is sent again after so many milliseconds. */
const RESEND_MS = 1_500
/** It is not said again on request while its answer may be on the way, milliseconds. */
const ANSWER_MS = 1_000
/** Milliseconds from the answer until a link is up. */
const SETUP_MS = 30
/** Milliseconds a control message takes. */
const CONTROL_MS = 10

/** All media links of a test, and the paths between them. */
export class FakeLinks {
  /** Every link that was ever made. */
  readonly made: FakeLink[] = []
  /** Whether offers and answers lead to a connection. */
  mediaGetsThrough = true
  /** Whether the browser refuses to make a connection. */
  refuses = false

  /** Makes the links of one member. */
  makerFor(owner: PeerKey): MakeLink {
    return (options) => {
      if (this.refuses) throw new DOMException('too many connections', 'OperationError')
      const link = new FakeLink(this, owner, options)
      this.made.push(link)
      return link
    }
  }

  /** Links that have not been closed. */
  get open(): FakeLink[] {
    return this.made.filter((link) => !link.options.signal.aborted)
  }

  /** The open links of one member. */
  of(owner: PeerKey): FakeLink[] {
    return this.open.filter((link) => link.owner === owner)
  }

  /** The open link of one member with another. */
  between(owner: PeerKey, other: PeerKey): FakeLink {
    const link = this.of(owner).find(({ partner }) => partner?.owner === other)
    if (!link) throw new Error('no such link')
    return link
  }

  find(sdp: string): FakeLink | undefined {
    return this.made.find((link) => link.sdp === sdp)
  }
}

/** A media link that negotiates as the real one does (offer, answer, glare, stale numbers) and carries control messages. */
export class FakeLink implements MediaLink {
  readonly phase = signal<LinkPhase>('connecting')
  readonly remote = signal<RemoteMedia>({ audio: null, camera: null, screen: null })
  readonly pipe = signal<RTCDataChannel | null>(null)
  readonly files = signal<FilePort | null>(null)
  readonly owner: PeerKey
  readonly options: LinkOptions
  readonly sdp: string
  /** Control messages sent, whether or not they arrived. */
  readonly told: ControlMessage[] = []
  readonly path = signal<LinkPath | null>(null)
  readonly speaking = signal(false)
  readonly quality = signal<LinkQuality>('good')
  restarts = 0
  /** How often the room has said that our network has changed, and that a way to the peer may have opened. */
  hurries = 0
  prompts = 0
  /** Whether the path is gone although the channel looks open. */
  isCut = false
  /** Whether the control channel has opened. */
  channelOpen = true
  partner: FakeLink | undefined
  readonly #links: FakeLinks
  #outstanding: string | null = null
  #offers = 0
  #saidAt = -Infinity
  #newest = -1

  constructor(links: FakeLinks, owner: PeerKey, options: LinkOptions) {
    this.#links = links
    this.owner = owner
    this.options = options
    this.sdp = `v=0 ${links.made.length}`
    onAbort(options.signal, () => this.#closed())
  }

  start(): void {
    this.#outstanding = `offer-${this.sdp.slice(4)}-${this.#offers++}`
    this.#offer(this.#outstanding)
  }

  restart(): void {
    this.restarts += 1
    this.start()
  }

  async stats(): Promise<ReadonlyMap<string, unknown>> {
    return new Map()
  }

  async candidatePairs(): Promise<CandidatePairInfo[]> {
    return []
  }

  /** Like the real one: what is broken is repaired at once. */
  hurry(): void {
    this.hurries += 1
    if (this.phase.peek() === 'interrupted') this.restart()
  }

  /** Like the real one: an offer that waits for its answer is said again, unless that may be on its way. */
  prompt(): void {
    this.prompts += 1
    if (this.#outstanding !== null && this.phase.peek() !== 'connected' && Date.now() - this.#saidAt >= ANSWER_MS) this.#offer(this.#outstanding)
  }

  receive(seq: number, body: SignalBody): void {
    if (this.options.signal.aborted || body.kind !== 'description' || seq <= this.#newest) return
    this.#newest = seq
    const { type, offerId } = body
    if (type === 'answer') {
      if (offerId !== this.#outstanding) return
      this.#outstanding = null
    } else {
      if (this.#outstanding !== null && !this.options.polite) return
      this.#outstanding = null
      this.options.send({ kind: 'description', type: 'answer', sdp: this.sdp, offerId, candidates: [] })
    }
    this.partner = this.#links.find(body.sdp)
    if (this.partner?.partner !== this) return
    for (const link of [this, this.partner]) link.#later(SETUP_MS, () => link.#connect())
  }

  send(message: ControlMessage): boolean {
    const { partner } = this
    if (message.kind === 'signal' && this.phase.peek() !== 'connected') return false
    if (!this.channelOpen || !partner || !['connected', 'interrupted'].includes(this.phase.peek())) return false
    this.told.push(message)
    const text = encodeControlMessage(message)
    partner.#later(CONTROL_MS, () => {
      // A channel drops what it has not got rid of when it is closed.
      if (!this.isCut && !partner.isCut && !this.options.signal.aborted) partner.options.onControl(decodeControlMessage(text))
    })
    return true
  }

  /** The path is gone, and both links have noticed. */
  interrupt(): void {
    for (const link of [this, this.partner]) {
      if (!link || link.options.signal.aborted) continue
      link.isCut = true
      link.phase.value = 'interrupted'
    }
  }

  /** The path is back by itself. */
  resume(): void {
    for (const link of [this, this.partner]) {
      if (!link || link.options.signal.aborted) continue
      link.isCut = false
      link.phase.value = 'connected'
    }
  }

  #offer(offerId: string): void {
    if (this.#outstanding !== offerId) return
    this.#saidAt = Date.now()
    this.options.send({ kind: 'description', type: 'offer', sdp: this.sdp, offerId, candidates: [] })
    this.#later(RESEND_MS, () => this.#offer(offerId))
  }

  #connect(): void {
    if (this.#links.mediaGetsThrough && this.partner?.partner === this && !this.isCut) this.phase.value = 'connected'
  }

  #closed(): void {
    this.phase.value = 'closed'
    const { partner, isCut } = this
    if (isCut || partner?.partner !== this) return
    partner.#later(CONTROL_MS, () => { if (partner.partner === this) partner.phase.value = 'closed' })
  }

  #later(ms: number, then: () => void): void {
    const { signal: lifetime } = this.options
    if (lifetime.aborted) return
    const timer = setTimeout(() => { if (!lifetime.aborted) then() }, ms)
    onAbort(lifetime, () => clearTimeout(timer))
  }
}
