/** Who was seen in a room from outside: what messages mean, and for how long. No clocks, no network. */
import { HELLO_INTERVAL_MS, ReplayGuard } from '../wire/index.ts'
import type { PeerKey } from '../wire/index.ts'
import type { Received } from './ports.ts'
import { evictOldest } from './rate-limit.ts'

/** Who has neither spoken nor been named for this long, milliseconds, is not there any more: two hellos missed. */
export const SEEN_FOR_MS = 2 * HELLO_INTERVAL_MS + 5_000
/** People remembered; the one seen longest ago is forgotten. */
const MAX_SEEN = 32

/** Puts together what the members of a room say of themselves and of each other. */
export class Sightings {
  readonly #self: PeerKey
  readonly #guard = new ReplayGuard()
  readonly #seen = new Map<PeerKey, { name: string, at: number }>()
  readonly #left = new Map<PeerKey, number>()

  /** @param self ourselves, who may be named by members that have not yet missed us */
  constructor(self: PeerKey) {
    this.#self = self
  }

  /** Takes a message of the room in. `asked` are the ids of our questions. */
  note({ from, message }: Received, asked: ReadonlySet<string>, now: number): void {
    switch (message.kind) {
      case 'look': return
      case 'here':
        if (asked.has(message.look)) for (const { peer, name } of message.people) this.#named(peer, name, now)
        return
      case 'bye':
        if (this.#guard.accepts(from, message, now)) this.#leave(from, now)
        return
      case 'hello':
      case 'signal':
        if (!this.#guard.accepts(from, message, now)) return
        this.#left.delete(from)
        return this.#see(from, message.name, now)
      default: return message satisfies never
    }
  }

  /** The names of those who are there, in the order in which they were first seen. */
  names(now: number): string[] {
    return [...this.#seen.values()].filter(({ at }) => now - at <= SEEN_FOR_MS).map(({ name }) => name)
  }

  /** When the next of them will have been silent for too long; undefined when nobody is there. */
  nextEnd(now: number): number | undefined {
    const ends = [...this.#seen.values()].map(({ at }) => at + SEEN_FOR_MS + 1).filter((end) => end > now)
    return ends.length === 0 ? undefined : Math.min(...ends)
  }

  /** Others need a while to notice that somebody has left. */
  #named(peer: PeerKey, name: string, now: number): void {
    const left = this.#left.get(peer)
    if (left === undefined || now - left > SEEN_FOR_MS) this.#see(peer, name, now)
  }

  #see(peer: PeerKey, name: string, now: number): void {
    if (peer === this.#self) return
    this.#seen.set(peer, { name, at: now })
    // Each keeps the place of its first sight, so the first of the map is not the one to be forgotten.
    if (this.#seen.size > MAX_SEEN) this.#seen.delete(this.#longestUnseen())
  }

  #longestUnseen(): PeerKey {
    return [...this.#seen].reduce((oldest, each) => each[1].at < oldest[1].at ? each : oldest)[0]
  }

  #leave(peer: PeerKey, now: number): void {
    this.#seen.delete(peer)
    this.#left.set(peer, now)
    evictOldest(this.#left, MAX_SEEN)
  }
}

