import type { ChatLine, PeerKey } from '../../room/views.ts'

/** Which lines of a chat were on the screen. By the lines themselves: old ones go when there are many, late ones are sorted in between. */
export class Unread {
  readonly #seen = new WeakSet<ChatLine>()

  /** These lines are on the screen. */
  see(lines: readonly ChatLine[]): void {
    for (const line of lines) this.#seen.add(line)
  }

  /** How many lines of others were not on the screen yet. */
  count(lines: readonly ChatLine[], self: PeerKey): number {
    return lines.filter((line) => line.author !== self && !this.#seen.has(line)).length
  }
}
