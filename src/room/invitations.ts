import type { ErrorCode } from './views.ts'
import { evictOldest } from './rate-limit.ts'

/** Invitations open at once; each holds a connection, with its ports and TURN allocations. */
const MAX_OPEN = 8
/** Ended ones remembered, to say what became of them. */
const MAX_ENDED = 64

/** Why an invitation takes no reply any more. */
export type InvitationEnd = Extract<ErrorCode, 'code-used' | 'code-expired' | 'code-ended'>

/** What is kept for each open invitation. */
export interface OpenInvitation {
  /** Milliseconds since 1970. */
  expiresAt: number
  /** Ends its connection. */
  end(why: InvitationEnd): void
}

/** The invitations that this page has made, by id: those that may be answered, and what became of the others. */
export class Invitations<Entry extends OpenInvitation> {
  readonly #open = new Map<string, Entry>()
  readonly #ended = new Map<string, InvitationEnd>()

  /** Takes up one more; the oldest ends when there are too many. */
  add(id: string, entry: Entry): void {
    const [oldest] = this.#open.keys()
    if (oldest !== undefined && this.#open.size >= MAX_OPEN) this.end(oldest, 'code-ended')
    this.#open.set(id, entry)
  }

  /** Ends one; nothing happens when it is not open. */
  end(id: string, why: InvitationEnd): void {
    const entry = this.#open.get(id)
    if (!entry) return
    this.#open.delete(id)
    this.#ended.set(id, why)
    evictOldest(this.#ended, MAX_ENDED)
    entry.end(why)
  }

  /** Hands out the invitation that a reply answers, once; or says why it cannot be answered. */
  take(id: string, nowMs: number): Entry | ErrorCode {
    const entry = this.#open.get(id)
    if (!entry) return this.#ended.get(id) ?? 'code-unknown'
    // A timer is late when the device was asleep.
    if (nowMs > entry.expiresAt) {
      this.end(id, 'code-expired')
      return 'code-expired'
    }
    this.#open.delete(id)
    this.#ended.set(id, 'code-used')
    evictOldest(this.#ended, MAX_ENDED)
    return entry
  }
}
