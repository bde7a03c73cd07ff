import type { Description, RtcPort } from '../../src/media/link/rtc-port.ts'
import { dtlsFingerprint, iceUfrag } from '../../src/media/link/sdp.ts'
import type { CandidateInit } from '../../src/wire/message.ts'

/**
 * An RTCPeerConnection reduced to its signaling rules: the JSEP state table (https://www.rfc-editor.org/rfc/rfc9429#section-3.2),
 * one fingerprint per connection, one user fragment per ICE generation. Stricter than browsers: an offer that arrives in
 * `have-local-offer` is refused instead of rolling back by itself, and a connection never changes its DTLS partner.
 */
export class FakeRtcPort implements RtcPort {
  signalingState: RTCSignalingState = 'stable'
  /** Candidates applied to the present remote description. */
  applied: string[] = []
  /** How many remote descriptions were set. */
  remoteDescriptions = 0
  /** Makes the next description of the peer's be refused. */
  refuses = false
  /** How many connections were given up on which both sides had agreed. */
  lost = 0
  readonly #name: string
  readonly #pause: () => Promise<void>
  #connection = 0
  #generation = 0
  #current: { local: string, remote: string } | null = null
  #pending = ''

  /** `pause` lasts as long as the browser would take for one operation. */
  constructor(name: string, pause: () => Promise<void>) {
    this.#name = name
    this.#pause = pause
  }

  /** Who is connected to whom: equal and mirrored on two ports that agree. */
  get pairing(): { local: string, remote: string } | null {
    return this.#current && { local: identity(this.#current.local), remote: identity(this.#current.remote) }
  }

  get ufrag(): string {
    return `${this.#name}${this.#connection}.${this.#generation}`
  }

  async setLocalDescription(): Promise<Description> {
    await this.#pause()
    if (this.signalingState === 'have-remote-offer') {
      if (this.#current !== null && iceUfrag(this.#current.remote) !== iceUfrag(this.#pending)) this.#generation++
      this.#settle(this.#sdp(), this.#pending)
      return { type: 'answer', sdp: this.#sdp() }
    }
    require(this.signalingState === 'stable' || this.signalingState === 'have-local-offer', 'InvalidStateError')
    // Every offer after the first is an ICE restart, also one in the place of another: nothing else is ever renegotiated.
    if (this.#current !== null || this.signalingState === 'have-local-offer') this.#generation++
    this.#pending = this.#sdp()
    this.signalingState = 'have-local-offer'
    return { type: 'offer', sdp: this.#pending }
  }

  async setRemoteDescription({ type, sdp }: Description): Promise<void> {
    await this.#pause()
    require(!this.refuses && this.signalingState === (type === 'offer' ? 'stable' : 'have-local-offer'), 'InvalidStateError')
    this.remoteDescriptions++
    const known = this.#current?.remote
    require(known === undefined || dtlsFingerprint(known) === dtlsFingerprint(sdp), 'InvalidAccessError')
    if (known === undefined || iceUfrag(known) !== iceUfrag(sdp)) this.applied = []
    if (type === 'answer') return this.#settle(this.#pending, sdp)
    this.#pending = sdp
    this.signalingState = 'have-remote-offer'
  }

  async addIceCandidate({ candidate, usernameFragment }: CandidateInit): Promise<void> {
    await this.#pause()
    const remote = this.signalingState === 'have-remote-offer' ? this.#pending : this.#current?.remote
    require(remote !== undefined, 'InvalidStateError')
    require(usernameFragment === iceUfrag(remote ?? ''), 'OperationError')
    this.applied.push(candidate)
  }

  restartIce(): void {
    // Every offer after the first is one here.
  }

  replace(): void {
    if (this.#current !== null) this.lost++
    this.#connection++
    this.#generation = 0
    this.#current = null
    this.applied = []
    this.signalingState = 'stable'
  }

  async gathered(ufrag: string): Promise<CandidateInit[]> {
    await this.#pause()
    return [makeCandidate(ufrag, 'early')]
  }

  #settle(local: string, remote: string): void {
    this.#current = { local, remote }
    this.signalingState = 'stable'
  }

  #sdp(): string {
    return `a=ice-ufrag:${this.ufrag}\r\na=fingerprint:sha-256 ${this.#name}${this.#connection}\r\n`
  }
}

/** A candidate that belongs to the description with this user fragment. */
export function makeCandidate(ufrag: string, name: string): CandidateInit {
  return { candidate: `${name} of ${ufrag}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: ufrag }
}

function identity(sdp: string): string {
  return `${dtlsFingerprint(sdp)} ${iceUfrag(sdp)}`
}

function require(condition: boolean, name: string): void {
  if (!condition) throw new DOMException('refused by the fake', name)
}
