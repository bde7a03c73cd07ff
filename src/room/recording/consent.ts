/** Who records, and who may be in it: a pure state machine. It keeps no clock and sends nothing. */
import type { PeerKey, RecordingMessage, SessionId } from '../../wire/index.ts'
import type { RecordingAnswer } from './types.ts'

/** After a no, further questions of that peer are answered with no for so long, milliseconds. */
export const REFUSAL_HOLDS_MS = 5 * 60_000
/** A person is asked by one peer at most so often within QUESTIONS_WITHIN_MS; further questions are answered with no. */
export const MAX_QUESTIONS = 3
const QUESTIONS_WITHIN_MS = 10 * 60_000
/** Peers whose manners are remembered. */
const MAX_REMEMBERED = 64

/** Somebody's present session. */
export interface Present {
  peer: PeerKey
  session: SessionId
}

/** What was said about one recording by, or to, one session. */
interface Said {
  session: SessionId
  id: string
  answer: RecordingAnswer
}

/** How a peer has asked us so far: when, and when we last said no. Outlives its sessions. */
interface Manners {
  askedAt: readonly number[]
  refusedAt: number
}

export interface Consent {
  /** Our recording, or the last one; `on` while it goes on. */
  own: { id: string, startedAt: number, on: boolean, answers: ReadonlyMap<PeerKey, Said> } | null
  /** Who else records. */
  others: ReadonlyMap<PeerKey, Said>
  manners: ReadonlyMap<PeerKey, Manners>
}

export const NOBODY_RECORDS: Consent = { own: null, others: new Map(), manners: new Map() }

/** We begin to record; everybody is asked anew. */
export function begun(state: Consent, id: string, nowMs: number): Consent {
  return { ...state, own: { id, startedAt: nowMs, on: true, answers: new Map() } }
}

/** We record no longer. */
export function ended(state: Consent): Consent {
  return state.own === null ? state : { ...state, own: { ...state.own, on: false } }
}

/** Somebody says whether it records. Whether our person is asked stands in the answer: `waiting`, or a no that still holds. */
export function heardRecording(state: Consent, { peer, session }: Present, id: string, on: boolean, nowMs: number): Consent {
  const known = state.others.get(peer)
  if (!on) return known === undefined ? state : { ...state, others: without(state.others, peer) }
  if (known?.id === id && known.session === session) return state
  const { askedAt, refusedAt } = state.manners.get(peer) ?? { askedAt: [], refusedAt: -Infinity }
  const recent = askedAt.filter((at) => nowMs - at < QUESTIONS_WITHIN_MS)
  const isNagging = nowMs - refusedAt < REFUSAL_HOLDS_MS || recent.length >= MAX_QUESTIONS
  const others = put(state.others, peer, { session, id, answer: isNagging ? 'refused' : 'waiting' })
  if (isNagging) return { ...state, others }
  return { ...state, others, manners: remembered(state.manners, peer, { askedAt: [...recent, nowMs], refusedAt }) }
}

/** Somebody answers. What is not about our recording changes nothing. */
export function heardAnswer(state: Consent, { peer, session }: Present, id: string, allow: boolean): Consent {
  const { own } = state
  if (own === null || !own.on || own.id !== id) return state
  return { ...state, own: { ...own, answers: put(own.answers, peer, { session, id, answer: allow ? 'allowed' : 'refused' }) } }
}

/** Our person answers, or changes its mind. */
export function answered(state: Consent, peer: PeerKey, id: string, allow: boolean, nowMs: number): Consent {
  const known = state.others.get(peer)
  if (known?.id !== id) return state
  const { askedAt } = state.manners.get(peer) ?? { askedAt: [] }
  return {
    ...state,
    others: new Map(state.others).set(peer, { ...known, answer: allow ? 'allowed' : 'refused' }),
    manners: remembered(state.manners, peer, { askedAt, refusedAt: allow ? -Infinity : nowMs }),
  }
}

/** Forgets what sessions that are gone have said: a person who comes back is asked again, and does not record any more. */
export function kept(state: Consent, sessionOf: (peer: PeerKey) => SessionId | undefined): Consent {
  const isHere = ([peer, { session }]: [PeerKey, Said]): boolean => sessionOf(peer) === session
  const { own, others } = state
  if ([...own?.answers ?? [], ...others].every(isHere)) return state
  return {
    ...state,
    own: own === null ? null : { ...own, answers: new Map([...own.answers].filter(isHere)) },
    others: new Map([...others].filter(isHere)),
  }
}

/** What somebody must be told whose link has just come up, or who has just asked. */
export function wordsFor({ own, others }: Consent, peer: PeerKey): RecordingMessage[] {
  const said = others.get(peer)
  const words: RecordingMessage[] = []
  if (own !== null) words.push({ kind: 'recording', id: own.id, on: own.on })
  if (said !== undefined && said.answer !== 'waiting') words.push({ kind: 'recording-answer', id: said.id, allow: said.answer === 'allowed' })
  return words
}

/** In order of the latest beginning. */
function put(map: ReadonlyMap<PeerKey, Said>, peer: PeerKey, said: Said): Map<PeerKey, Said> {
  return without(map, peer).set(peer, said)
}

function without(map: ReadonlyMap<PeerKey, Said>, peer: PeerKey): Map<PeerKey, Said> {
  const rest = new Map(map)
  rest.delete(peer)
  return rest
}

function remembered(map: ReadonlyMap<PeerKey, Manners>, peer: PeerKey, manners: Manners): Map<PeerKey, Manners> {
  return new Map([...[...map].filter(([other]) => other !== peer), [peer, manners] as const].slice(-MAX_REMEMBERED))
}
