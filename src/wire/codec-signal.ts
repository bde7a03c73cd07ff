import { id } from './fields.ts'
import type { CandidateInit, CandidatesBody, DescriptionBody, RebuildBody, RestartBody, SignalBody, UnheardBody } from './message.ts'
import { MAX_CANDIDATE_CHARS, MAX_CANDIDATES, MAX_SDP_CHARS } from './protocol.ts'
import { byKind, integer, list, literal, nullable, object, text } from './shape.ts'

/** Lines of text, which RFC 8866 allows to be any Unicode. */
const SDP_TEXT = /^[\t\r\n\P{C}]+$/u

const candidate = object<CandidateInit>({
  // Empty is the W3C's end of candidates.
  candidate: text(MAX_CANDIDATE_CHARS, /^[ -~]*$/),
  sdpMid: nullable(text(32, /^[!-~]*$/)),
  sdpMLineIndex: nullable(integer(0, 65_535)),
  // RFC 8839 section 5.4.
  usernameFragment: nullable(text(256, /^[A-Za-z0-9+/]*$/)),
})

const candidates = list(candidate, MAX_CANDIDATES)

/** The body of a signal, on whichever carrier. */
export const signalBody = byKind<SignalBody>({
  description: object<DescriptionBody>({
    kind: literal('description'),
    type: literal('offer', 'answer'),
    sdp: text(MAX_SDP_CHARS, SDP_TEXT),
    offerId: id,
    candidates,
  }),
  candidates: object<CandidatesBody>({ kind: literal('candidates'), candidates }),
  rebuild: object<RebuildBody>({ kind: literal('rebuild') }),
  restart: object<RestartBody>({ kind: literal('restart') }),
  unheard: object<UnheardBody>({ kind: literal('unheard') }),
})
