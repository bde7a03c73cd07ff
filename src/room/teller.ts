import { onAbort, type Lifetime } from '../util/abort.ts'
import { TokenBucket, type Rate } from '../util/token-bucket.ts'

export interface TellerOptions<Word> extends Lifetime {
  rate: Rate
  tell: (word: Word) => void
  now: () => number
}

/** Says things one after the other, as fast as the rate allows; what waits when the signal aborts is not said. */
export class Teller<Word> {
  readonly #options: TellerOptions<Word>
  readonly #bucket: TokenBucket
  #waiting: Word[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: TellerOptions<Word>) {
    this.#options = options
    this.#bucket = new TokenBucket(options.rate, options.now())
    onAbort(options.signal, () => {
      clearTimeout(this.#timer)
      this.#waiting = []
    })
  }

  say(word: Word): void {
    if (this.#options.signal.aborted) return
    this.#waiting.push(word)
    if (this.#timer === undefined) this.#go()
  }

  #go(): void {
    const { tell, now } = this.#options
    this.#timer = undefined
    while (this.#waiting.length > 0 && this.#bucket.take(1, now())) tell(this.#waiting.shift() as Word)
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#go(), this.#bucket.waitMs(1, now()))
  }
}
