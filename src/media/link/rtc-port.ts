import type { Lifetime } from '../../util/abort.ts'
import type { CandidateInit, DescriptionBody, NegotiationBody } from '../../wire/message.ts'

export type Description = Pick<DescriptionBody, 'type' | 'sdp'>

/** What negotiation needs of an RTCPeerConnection. Calls reject as the W3C says, `InvalidStateError` for a wrong state. */
export interface RtcPort {
  readonly signalingState: RTCSignalingState
  /** Makes and applies the offer or answer that the state calls for; a further offer where one is outstanding. */
  setLocalDescription(): Promise<Description>
  setRemoteDescription(description: Description): Promise<void>
  addIceCandidate(candidate: CandidateInit): Promise<void>
  /**
   * Takes our offer back. Transceivers made by addTransceiver are never matched to a remote offer's sections, so yielding
   * the very first offer would leave twice as many: then a fresh RTCPeerConnection takes the place of the old, at no loss.
   * Later it is `setLocalDescription({ type: 'rollback' })` where the browser does that well, and a fresh one elsewhere.
   */
  rollback(): Promise<void>
  /** Puts a fresh RTCPeerConnection in the place of the present one, which it closes. */
  replace(): void
  /** After a short, bounded time: the candidates known for the local description with this user fragment. Never rejects. */
  gathered(ufrag: string): Promise<CandidateInit[]>
}

export interface NegotiationOptions extends Lifetime {
  polite: boolean
  send: (body: NegotiationBody) => void
  /** Names an offer, differently each time. */
  newOfferId: () => string
}
