import { onAbort, type Lifetime } from '../../util/abort.ts'
import { computed, effect, signal, untracked, type ReadonlySignal } from '../../util/signals.ts'
import type { Rate } from '../../util/token-bucket.ts'
import { MAX_HAND_MS } from '../../wire/index.ts'
import type { ControlMessage, PeerKey, Reaction, SessionId } from '../../wire/index.ts'
import type { Participant } from '../participant.ts'
import { Paces } from '../rate-limit.ts'
import type { ParticipantView } from '../views.ts'
import { heardHand, inOrder, kept, NO_HANDS } from './hands.ts'
import type { GesturesView, ReactionShown } from './types.ts'

/** A reaction is to be shown for so long, milliseconds. */
export const REACTION_MS = 4_000
/** More at once would hide the call: the oldest go. */
const MAX_REACTIONS = 24
/** How often somebody may react, and raise a hand; lowering one always counts. */
const REACTION_RATE: Rate = { perSecond: 2, burst: 10 }
const HAND_RATE: Rate = { perSecond: 1, burst: 10 }
/** We keep below that, since what was sent at even intervals may arrive at once. */
const OWN_BURST = 6

type GestureMessage = Extract<ControlMessage, { kind: 'hand' | 'reaction' }>

/** The room that gestures are made in. */
export interface GestureStage extends Lifetime {
  session: SessionId
  roster: { get(peer: PeerKey): Participant | undefined, all(): Participant[] }
  /** Changes when somebody comes or goes. */
  participants: ReadonlySignal<readonly ParticipantView[]>
}

/** Raised hands and reactions, over all joins of a page. */
export class Gestures {
  readonly #self: PeerKey
  readonly #now: () => number
  readonly #hands = signal(NO_HANDS)
  readonly #reactions = signal<readonly ReactionShown[]>([])
  readonly #paces = new Paces<string>()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #stage: GestureStage | null = null
  #lastId = 0

  constructor(self: PeerKey, now: () => number) {
    this.#self = self
    this.#now = now
  }

  /** Begins anew in this room, until its lifetime ends. */
  enter(stage: GestureStage): void {
    const { roster, participants, session, signal: lifetime } = stage
    this.#reset()
    this.#stage = stage
    onAbort(lifetime, effect(() => {
      // Another session of somebody known comes without a change of the list, but not without one of its state.
      for (const participant of participants.value) void participant.state.value
      untracked(() => {
        const sessionOf = (peer: PeerKey): SessionId | undefined => peer === this.#self ? session : roster.get(peer)?.connection.session
        this.#hands.value = kept(this.#hands.peek(), sessionOf)
      })
    }))
    onAbort(lifetime, () => { if (this.#stage === stage) this.#reset() })
  }

  /** Takes what somebody does, at a human pace. */
  take({ peer, connection }: Participant, message: GestureMessage): void {
    if (message.kind === 'reaction') {
      if (this.#admits(`reaction ${peer}`, REACTION_RATE)) this.#show(peer, message.reaction)
      return
    }
    if (message.upForMs !== null && !this.#admits(`hand ${peer}`, HAND_RATE)) return
    this.#hands.value = heardHand(this.#hands.peek(), peer, connection.session, message.upForMs, this.#now())
  }

  /** Tells somebody whose link has just come up whether our hand is up: also if it is not, since the first word may claim a time. */
  brief({ connection }: Participant): void {
    connection.tell(this.#ownHand())
  }

  /** What the interface sees. */
  readonly view: GesturesView = {
    hands: computed(() => {
      const here = new Set([this.#self, ...this.#stagePeople().map(({ peer }) => peer)])
      return inOrder(this.#hands.value).filter((peer) => here.has(peer))
    }),
    reactions: computed(() => this.#reactions.value),
    setHand: (up) => this.#setHand(up),
    react: (reaction) => this.#react(reaction),
  }

  #stagePeople(): readonly ParticipantView[] {
    // The hands are read first, and change with the stage.
    void this.#hands.value
    return this.#stage?.participants.value ?? []
  }

  #setHand(up: boolean): boolean {
    const stage = this.#stage
    if (stage === null || (up && !this.#admits('own hand', { ...HAND_RATE, burst: OWN_BURST }))) return false
    this.#hands.value = heardHand(this.#hands.peek(), this.#self, stage.session, up ? 0 : null, this.#now())
    this.#tellAll(this.#ownHand())
    return true
  }

  #react(reaction: Reaction): boolean {
    if (this.#stage === null || !this.#admits('own reaction', { ...REACTION_RATE, burst: OWN_BURST })) return false
    this.#show(this.#self, reaction)
    this.#tellAll({ kind: 'reaction', reaction })
    return true
  }

  #show(peer: PeerKey, reaction: Reaction): void {
    const shown = { id: ++this.#lastId, peer, reaction }
    this.#reactions.value = [...this.#reactions.peek(), shown].slice(-MAX_REACTIONS)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#reactions.value = this.#reactions.peek().filter((each) => each !== shown)
    }, REACTION_MS)
    this.#timers.add(timer)
  }

  #ownHand(): GestureMessage {
    const since = this.#hands.peek().get(this.#self)?.since ?? null
    return { kind: 'hand', upForMs: since === null ? null : upForMs(this.#now() - since) }
  }

  #tellAll(message: GestureMessage): void {
    for (const { connection } of this.#stage?.roster.all() ?? []) connection.tell(message)
  }

  #admits(who: string, rate: Rate): boolean {
    return this.#paces.admits(who, rate, this.#now())
  }

  #reset(): void {
    this.#stage = null
    this.#hands.value = NO_HANDS
    this.#reactions.value = []
    this.#paces.clear()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}

/** What a message may say of a time that a clock has measured, which may be put right by years meanwhile. */
function upForMs(elapsedMs: number): number {
  return Math.min(MAX_HAND_MS, Math.max(0, Math.round(elapsedMs)))
}
