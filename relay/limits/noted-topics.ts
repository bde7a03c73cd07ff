import type { Kind } from './neighbours.ts'

/** Most topics that gossipsub notes for a peer of each kind. */
export interface NotedLimits {
  client: number
  relay: number
}

/** Which topics gossipsub has noted for whom: its own limit is the same for a browser and for a relay. Pure bookkeeping. */
export class NotedTopics {
  readonly #limits: NotedLimits
  readonly #topics = new Map<string, Set<string>>()

  constructor(limits: NotedLimits) {
    this.#limits = limits
  }

  has(peer: string, topic: string): boolean {
    return this.#topics.get(peer)?.has(topic) ?? false
  }

  /** Whether one more topic may be noted for a peer of this kind. */
  hasRoom(peer: string, kind: Kind): boolean {
    return (this.#topics.get(peer)?.size ?? 0) < this.#limit(kind)
  }

  add(peer: string, topic: string): void {
    const topics = this.#topics.get(peer) ?? new Set()
    this.#topics.set(peer, topics.add(topic))
  }

  /** False when it was not noted. */
  remove(peer: string, topic: string): boolean {
    const topics = this.#topics.get(peer)
    if (topics?.delete(topic) !== true) return false
    if (topics.size === 0) this.#topics.delete(peer)
    return true
  }

  /** Forgets the topics beyond the limit of `kind`, the latest first. Returns them. */
  trim(peer: string, kind: Kind): string[] {
    const surplus = [...this.#topics.get(peer) ?? []].slice(this.#limit(kind))
    for (const topic of surplus) this.remove(peer, topic)
    return surplus
  }

  forget(peer: string): void {
    this.#topics.delete(peer)
  }

  #limit(kind: Kind): number {
    return kind === 'relay' ? this.#limits.relay : this.#limits.client
  }
}
