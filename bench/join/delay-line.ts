import { onAbort, type Lifetime } from '../../src/util/abort.ts'

/** Anything put in comes out at the other end, in order, no earlier than its delay. Empties itself when its signal aborts. */
export class DelayLine<T> {
  readonly #queue: { item: T, dueMs: number }[] = []
  readonly #deliver: (item: T) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(deliver: (item: T) => void, { signal }: Lifetime) {
    this.#deliver = deliver
    onAbort(signal, () => {
      clearTimeout(this.#timer)
      this.#queue.length = 0
    })
  }

  /** Puts `item` in for `delayMs` milliseconds; with none, and none waiting before it, it comes out at once. */
  push(item: T, delayMs: number): void {
    if (delayMs <= 0 && this.#queue.length === 0) return this.#deliver(item)
    this.#queue.push({ item, dueMs: performance.now() + delayMs })
    if (this.#queue.length === 1) this.#arm()
  }

  #arm(): void {
    const head = this.#queue[0]
    if (head !== undefined) this.#timer = setTimeout(() => this.#fire(), Math.max(0, Math.ceil(head.dueMs - performance.now())))
  }

  #fire(): void {
    // Node's timers may fire a fraction early: whoever is not due yet waits for the next turn.
    for (let head = this.#queue[0]; head !== undefined && head.dueMs <= performance.now(); head = this.#queue[0]) {
      this.#queue.shift()
      this.#deliver(head.item)
    }
    this.#arm()
  }
}
