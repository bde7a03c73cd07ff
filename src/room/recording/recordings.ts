import { computed, effect, untracked, type ReadonlySignal, type Signal } from '../../util/signals.ts'
import { onAbort, type Lifetime } from '../../util/abort.ts'
import type { Rate } from '../../util/token-bucket.ts'
import type { PeerKey, RecordingMessage } from '../../wire/index.ts'
import type { Participant } from '../participant.ts'
import { Paces } from '../rate-limit.ts'
import type { ParticipantView } from '../views.ts'
import { answered, begun, ended, heardAnswer, heardRecording, kept, NOBODY_RECORDS, wordsFor, type Consent } from './consent.ts'
import type { OthersRecording, OwnRecording, RecordingAnswer, RecordingView } from './types.ts'

/** Nobody begins recordings, or changes its mind about them, faster than this for long. */
const QUESTION_RATE: Rate = { perSecond: 1, burst: 10 }

export interface RecordingsOptions extends Lifetime {
  state: Signal<Consent>
  roster: { get(peer: PeerKey): Participant | undefined, all(): Participant[] }
  /** Changes when somebody comes or goes. */
  participants: ReadonlySignal<readonly ParticipantView[]>
  now: () => number
}

/** Asks and answers about recordings in one join of a room, by the rules of `consent.ts`. */
export class Recordings {
  readonly #options: RecordingsOptions
  readonly #paces = new Paces<PeerKey>()

  constructor(options: RecordingsOptions) {
    const { state, roster, participants, signal: lifetime } = options
    this.#options = options
    onAbort(lifetime, effect(() => {
      // Another session of somebody known comes without a change of the list, but not without one of its state.
      for (const participant of participants.value) void participant.state.value
      untracked(() => { state.value = kept(state.peek(), (peer) => roster.get(peer)?.connection.session) })
    }))
    onAbort(lifetime, () => { state.value = NOBODY_RECORDS })
  }

  /** Takes what somebody says about a recording. A no, an end and a beginning are always taken: no flood hides who records. */
  take({ peer, connection }: Participant, message: RecordingMessage): void {
    const { state, now } = this.#options
    const from = { peer, session: connection.session }
    if (message.kind === 'recording-answer') {
      if (message.allow && !this.#admits(peer)) return
      state.value = heardAnswer(state.peek(), from, message.id, message.allow)
      return
    }
    const before = state.peek()
    state.value = heardRecording(before, from, message.id, message.on, now())
    const said = state.peek().others.get(peer)
    // To whoever asks faster than that no answer says the same.
    const isNo = said !== before.others.get(peer) && said?.answer === 'refused'
    if (isNo && this.#admits(peer)) connection.tell({ kind: 'recording-answer', id: said.id, allow: false })
  }

  /** Tells somebody whose link has just come up how things stand. */
  brief({ peer, connection }: Participant): void {
    for (const words of wordsFor(this.#options.state.peek(), peer)) connection.tell(words)
  }

  begin(): boolean {
    const { state, now } = this.#options
    if (state.peek().own?.on === true) return false
    const id = crypto.randomUUID()
    state.value = begun(state.peek(), id, now())
    this.#tellAll({ kind: 'recording', id, on: true })
    return true
  }

  end(): void {
    const { state } = this.#options
    const { own } = state.peek()
    if (own === null || !own.on) return
    state.value = ended(state.peek())
    this.#tellAll({ kind: 'recording', id: own.id, on: false })
  }

  answer(peer: PeerKey, id: string, allow: boolean): void {
    const { state, roster, now } = this.#options
    const before = state.peek()
    state.value = answered(before, peer, id, allow, now())
    if (state.peek() !== before) roster.get(peer)?.connection.tell({ kind: 'recording-answer', id, allow })
  }

  #tellAll(message: RecordingMessage): void {
    for (const { connection } of this.#options.roster.all()) connection.tell(message)
  }

  #admits(peer: PeerKey): boolean {
    return this.#paces.admits(peer, QUESTION_RATE, this.#options.now())
  }
}

/** What the interface sees of it, over all joins of a room: `current` is the present one's. */
export function recordingView(state: ReadonlySignal<Consent>, current: () => Recordings | undefined): RecordingView {
  return {
    own: computed(() => ownOf(state.value)),
    others: computed(() => othersOf(state.value)),
    begin: () => current()?.begin() ?? false,
    end: () => current()?.end(),
    answer: (peer, id, allow) => current()?.answer(peer, id, allow),
  }
}

function ownOf({ own }: Consent): OwnRecording | null {
  if (own === null || !own.on) return null
  const isAnswer = (entry: [PeerKey, RecordingAnswer]): entry is [PeerKey, 'allowed' | 'refused'] => entry[1] !== 'waiting'
  const answers = [...own.answers].map(([peer, { answer }]): [PeerKey, RecordingAnswer] => [peer, answer]).filter(isAnswer)
  return { id: own.id, startedAt: own.startedAt, answers: new Map(answers) }
}

function othersOf({ others }: Consent): OthersRecording[] {
  return [...others].map(([peer, { id, answer }]) => ({ peer, id, answer }))
}
