import { onAbort, type Lifetime } from '../../util/abort.ts'
import { backoffMs, type BackoffOptions } from '../../util/backoff.ts'

/** An answer takes two round trips over the slowest carrier and some work; after that the offer, or the answer, was lost. */
const RESEND: BackoffOptions = { baseMs: 1_500, maxMs: 12_000, jitter: 0.2 }

/** Sends an unanswered offer again, with growing pauses. Ended by its signal. */
export class OfferResender {
  readonly #unanswered: () => string | null
  readonly #resend: () => void
  #offerId: string | null = null
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `unanswered` names the offer that waits for its answer, if one does. */
  constructor(unanswered: () => string | null, resend: () => void, { signal }: Lifetime) {
    this.#unanswered = unanswered
    this.#resend = resend
    onAbort(signal, () => clearTimeout(this.#timer))
  }

  /** An offer has been sent; tells whether it was a new one. */
  sent(offerId: string): boolean {
    const isNew = offerId !== this.#offerId
    this.#attempt = isNew ? 0 : this.#attempt + 1
    this.#offerId = offerId
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#unanswered() === offerId) this.#resend()
    }, backoffMs(this.#attempt, RESEND))
    return isNew
  }
}
