import { onAbort, type Lifetime } from '../util/abort.ts'
import { TokenBucket, type Rate } from '../util/token-bucket.ts'
import { HELLO_FRESHNESS_MS, MAX_PEOPLE } from '../wire/index.ts'
import { Paces } from './rate-limit.ts'
import type { Here, Look, PeerKey, Person } from '../wire/index.ts'

/** However many look in, under however many names: a room says no more about itself than this. */
const ANSWER_RATE: Rate = { perSecond: 1, burst: 8 }
/** Of what one of them asks so much is answered: enough for whoever looks again and again, and not all that the room says. */
const ASKER_RATE: Rate = { perSecond: 0.5, burst: 6 }
/** Each member beside us makes us wait up to this much longer, milliseconds: the time in which others hear an answer. */
const SPREAD_MS = 100
/** Questions that wait for our answer at a time. */
const MAX_PENDING = 8

export interface LookoutOptions extends Lifetime {
  self: PeerKey
  /** Ourselves first, then those whom we are connected with. */
  people: () => Person[]
  answer: (here: Here) => void
  now: () => number
}

/** Answers those who ask who is there, unless another member, who names us too, was quicker. */
export class Lookout {
  readonly #options: LookoutOptions
  readonly #rate: TokenBucket
  readonly #askers = new Paces<PeerKey>()
  readonly #pending = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(options: LookoutOptions) {
    this.#options = options
    this.#rate = new TokenBucket(ANSWER_RATE, options.now())
    onAbort(options.signal, () => {
      for (const timer of this.#pending.values()) clearTimeout(timer)
      this.#pending.clear()
    })
  }

  /** Somebody asks. */
  asked(from: PeerKey, { id, at }: Look): void {
    const { now, people, signal } = this.#options
    if (signal.aborted || this.#pending.has(id) || this.#pending.size >= MAX_PENDING) return
    if (Math.abs(now() - at) > HELLO_FRESHNESS_MS || !this.#askers.admits(from, ASKER_RATE, now())) return
    this.#pending.set(id, setTimeout(() => this.#answer(id), answerDelayMs(people().length, Math.random())))
  }

  /**
   * Somebody has answered. Only for those whom we are connected with need we not: whoever else holds the key could silence
   * everybody. Who names not us may be lying, or may not know us: then we speak for ourselves, too.
   */
  answered(from: PeerKey, { look, people }: Here): void {
    const isMember = this.#options.people().some(({ peer }) => peer === from)
    if (isMember && people.some(({ peer }) => peer === this.#options.self)) this.#drop(look)
  }

  #answer(id: string): void {
    this.#drop(id)
    const { people, answer, now } = this.#options
    if (this.#rate.take(1, now())) answer({ kind: 'here', look: id, people: people().slice(0, MAX_PEOPLE) })
  }

  #drop(id: string): void {
    clearTimeout(this.#pending.get(id))
    this.#pending.delete(id)
  }
}

/** How long one of `people` members waits; `random` is 0 to 1. So a few of many answer, and one alone at once. */
export function answerDelayMs(people: number, random: number): number {
  return Math.round(random * SPREAD_MS * Math.max(0, people - 1))
}
