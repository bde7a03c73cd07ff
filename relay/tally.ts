/** Counts by cause, for `/metrics` and `/status`: what was refused, and why. Causes are fixed words, never peers' input. */
export class Tally<Cause extends string> {
  readonly #counts = new Map<Cause, number>()

  add(cause: Cause): void {
    this.#counts.set(cause, (this.#counts.get(cause) ?? 0) + 1)
  }

  /** What was counted so far; changes as more is counted. */
  get counts(): ReadonlyMap<Cause, number> {
    return this.#counts
  }
}
