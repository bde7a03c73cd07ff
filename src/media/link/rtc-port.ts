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
  /** The next offer has new ICE credentials. */
  restartIce(): void
  /**
   * Puts a fresh RTCPeerConnection in the place of the present one, which it closes. Also to take an offer back, which is
   * only ever a first one: transceivers made by addTransceiver are not matched to a remote offer's sections, so that a
   * rollback would leave twice as many. (Later, on the side that answered first, Chromium 156 no longer hands remote video
   * to elements attached after a rollback.)
   */
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
