/** A source of numbers in 0..1 that a seed determines (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Runs things in an order that a seed determines: whatever is waiting may be next. */
export class SeededSchedule {
  readonly random: () => number
  #waiting: (() => void)[] = []

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** Lets `action` happen at some later point of the schedule. */
  later(action: () => void): void {
    this.#waiting.push(action)
  }

  /** Resolves at some later point of the schedule. */
  pause(): Promise<void> {
    return new Promise((resolve) => this.later(resolve))
  }

  /** Runs until nothing waits any more. */
  async drain(): Promise<void> {
    for (await settle(); this.#waiting.length > 0; await settle()) {
      const index = Math.floor(this.random() * this.#waiting.length)
      this.#waiting.splice(index, 1)[0]?.()
    }
  }
}

/** Lets every promise that can go on do so; a macrotask is the only certain way. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
