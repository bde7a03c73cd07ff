/**
 * Runs async jobs one at a time, in the order they were added. After `signal` aborts no further job starts.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()
  readonly #signal: AbortSignal

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /**
   * Adds a job. Resolves with its result, or with `undefined` when the queue ended before the job's turn.
   *
   * @throws whatever the job throws; the jobs behind it still run
   */
  run<T>(job: () => Promise<T>): Promise<T | undefined> {
    const turn = this.#tail.then(async () => this.#signal.aborted ? undefined : await job())
    // A failed job must not stop the ones behind it; its own caller gets the error.
    this.#tail = turn.catch(() => undefined)
    return turn
  }

  /** Resolves when every job added so far has ended. */
  async idle(): Promise<void> {
    await this.#tail
  }
}
