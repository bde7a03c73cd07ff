/** How many topics may be followed. */
export interface FollowLimits {
  /** For one client; a browser is in one room, or in two while it moves. */
  perClient: number
  /** In all. */
  total: number
}

/**
 * Who wants which topic followed. Pure bookkeeping: it decides, `topic-following.ts` acts. Topics and peers are plain text.
 */
export class FollowLedger {
  readonly #limits: FollowLimits
  readonly #topicsOf = new Map<string, Set<string>>()
  readonly #clientsOf = new Map<string, Set<string>>()

  constructor(limits: FollowLimits) {
    this.#limits = limits
  }

  /** Notes that `client` wants `topic`. False when a limit forbids it. */
  add(client: string, topic: string): boolean {
    const topics = this.#topicsOf.get(client) ?? new Set()
    if (topics.has(topic)) return true
    const clients = this.#clientsOf.get(topic)
    if (topics.size >= this.#limits.perClient) return false
    if (clients === undefined && this.#clientsOf.size >= this.#limits.total) return false
    this.#topicsOf.set(client, topics.add(topic))
    this.#clientsOf.set(topic, (clients ?? new Set()).add(client))
    return true
  }

  /** Notes that `client` no longer wants `topic`. True when it was the last one to want it. */
  remove(client: string, topic: string): boolean {
    const topics = this.#topicsOf.get(client)
    const clients = this.#clientsOf.get(topic)
    if (topics === undefined || clients === undefined || !topics.delete(topic)) return false
    if (topics.size === 0) this.#topicsOf.delete(client)
    clients.delete(client)
    if (clients.size > 0) return false
    this.#clientsOf.delete(topic)
    return true
  }

  /** Forgets `client`. Returns the topics that nobody wants any more. */
  removeClient(client: string): string[] {
    return [...this.#topicsOf.get(client) ?? []].filter((topic) => this.remove(client, topic))
  }

  /** Whether anybody wants `topic`. */
  wanted(topic: string): boolean {
    return this.#clientsOf.has(topic)
  }
}
