import type { ParticipantView } from '../../room/views.ts'
import { onAbort, type Lifetime } from '../../util/abort.ts'
import { computed, effect, signal, type ReadonlySignal } from '../../util/signals.ts'
import { bringForward, exchange, keepOrder, nextSpeakers, NOBODY_YET, talkers } from './speakers.ts'
import type { StagePlan } from './stage-plan.ts'

/** While somebody speaks, how often it is looked at who is in the foreground, milliseconds. */
const LOOK_MS = 250

/** What of a plan decides who may move. */
type Shown = Pick<StagePlan, 'pages' | 'firstPage' | 'large' | 'follows'>

/** Follows who speaks: whom the speaker view shows large, and in which order people stand. Ends with its signal. */
export class Spotlight {
  readonly #active = signal<string | null>(null)
  readonly #order = signal<readonly string[]>([])
  readonly #people: ReadonlySignal<readonly ParticipantView[]>
  #speakers = NOBODY_YET
  /** What is on the stage: without it nobody is moved. */
  #plan: Shown | null = null

  constructor(people: ReadonlySignal<readonly ParticipantView[]>, { signal: lifetime }: Lifetime) {
    this.#people = people
    const speaking = computed(() => people.value.filter((person) => person.speaking.value).map(({ peer }) => peer))
    onAbort(lifetime, effect(() => {
      const present: readonly string[] = people.value.map(({ peer }) => peer)
      this.#order.value = keepOrder(this.#order.peek(), present)
      const now = new Set<string>(speaking.value)
      const look = (): void => this.#look(now, new Set(present))
      look()
      if (now.size === 0) return
      const timer = setInterval(look, LOOK_MS)
      return () => clearInterval(timer)
    }))
  }

  /** Who speaks, or spoke last; null before anybody has. */
  get active(): ReadonlySignal<string | null> { return this.#active }

  /** Everybody, in the order in which they are shown. */
  get people(): readonly ParticipantView[] {
    const people = this.#people.value
    return keepOrder(this.#order.value, people.map(({ peer }) => peer)).flatMap((peer) => people.find((person) => person.peer === peer) ?? [])
  }

  /** Takes in what the stage shows now. */
  shows(plan: Shown): void {
    this.#plan = plan
  }

  #look(speaking: ReadonlySet<string>, present: ReadonlySet<string>): void {
    const now = performance.now()
    this.#speakers = nextSpeakers(this.#speakers, speaking, present, now)
    const { active } = this.#speakers
    if (this.#plan !== null) this.#order.value = this.#arrange(this.#order.peek(), this.#plan, now)
    this.#active.value = active
  }

  #arrange(order: readonly string[], { pages, firstPage, large, follows }: Shown, nowMs: number): readonly string[] {
    const { active } = this.#speakers
    const [before] = large
    // Who comes to the foreground leaves a gap, which who was there before fills: nobody else moves.
    if (follows) return active === null || before === undefined ? order : exchange(order, active, before)
    if (pages === 1) return order
    const unseen = talkers(this.#speakers, nowMs).filter((peer) => !large.includes(peer))
    return unseen.reduce((arranged, peer) => bringForward(arranged, peer, firstPage, this.#speakers), order)
  }
}
