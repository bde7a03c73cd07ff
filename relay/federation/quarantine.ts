/** What is left alone for a while. Pure but for its own memory, which is bounded; the caller brings the time. */
export class Quarantine {
  readonly #until = new Map<string, number>()
  readonly #capacity: number

  /** Holds `capacity` names; the one that came first makes room. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** Leaves `name` alone until `until`, milliseconds since 1970. */
  add(name: string, until: number): void {
    this.#until.delete(name)
    this.#until.set(name, until)
    const [oldest] = this.#until.keys()
    if (this.#until.size > this.#capacity && oldest !== undefined) this.#until.delete(oldest)
  }

  /** Whether `name` is to be left alone at `now`. */
  has(name: string, now: number): boolean {
    const until = this.#until.get(name)
    if (until === undefined) return false
    if (now < until) return true
    this.#until.delete(name)
    return false
  }
}
