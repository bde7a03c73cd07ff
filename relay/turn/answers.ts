/** A client repeats a request for up to 39.5 s (RFC 8489 section 6.2.1); milliseconds. */
const REMEMBERED_MS = 40_000
const MAX_REMEMBERED = 4_096

/**
 * Answers to authenticated requests, so that a repeated request gets the same answer and has no second effect (RFC 8489
 * section 6.3.1). Pure bookkeeping; when there are too many the oldest go.
 */
export class Answers {
  readonly #answers = new Map<string, { at: number, answer: Buffer | 'pending' }>()

  /** The answer that was given, `pending` while it is being worked out, undefined when there is none. */
  recall(key: string, now: number): Buffer | 'pending' | undefined {
    const known = this.#answers.get(key)
    return known !== undefined && known.at + REMEMBERED_MS > now ? known.answer : undefined
  }

  remember(key: string, answer: Buffer | 'pending', now: number): void {
    this.#answers.delete(key)
    this.#answers.set(key, { at: now, answer })
    for (const [key, { at }] of this.#answers) {
      if (this.#answers.size <= MAX_REMEMBERED && at + REMEMBERED_MS > now) break
      this.#answers.delete(key)
    }
  }

  get size(): number {
    return this.#answers.size
  }
}
