/** Messages that should have arrived, and those that did. */
export interface Tally {
  expected: number
  delivered: number
}

interface Sent {
  kind: string
  deadlineMs: number
  waiting: Set<string>
  delivered: number
}

export interface DeliveryOptions {
  /** Who came into the room less than this ago is not expected to hear yet, milliseconds: the mesh is still growing. */
  settleMs: number
  /** A message that has not arrived after this time counts as lost, milliseconds. */
  limitMs: number
}

/**
 * Keeps account of who should hear what. Expected are those who had been in the room for a while when it was said and
 * stayed until it arrived or was overdue.
 */
export class DeliveryLedger {
  readonly #options: DeliveryOptions
  readonly #rooms = new Map<string, Map<string, number>>()
  readonly #sent = new Map<number, Sent>()
  readonly #tallies = new Map<string, Tally>()
  #last = 0

  constructor(options: DeliveryOptions) {
    this.#options = options
  }

  enter(room: string, member: string, nowMs: number): void {
    const members = this.#rooms.get(room) ?? new Map<string, number>()
    this.#rooms.set(room, members.set(member, nowMs))
  }

  /** From now on nothing more is expected to reach this member. */
  leave(room: string, member: string): void {
    this.#rooms.get(room)?.delete(member)
    for (const sent of this.#sent.values()) sent.waiting.delete(member)
  }

  /** Notes that `member` says something; the number returned must travel with it. */
  send(kind: string, room: string, member: string, nowMs: number): number {
    const { settleMs, limitMs } = this.#options
    const settled = [...this.#rooms.get(room) ?? []]
      .filter(([other, sinceMs]) => other !== member && sinceMs + settleMs <= nowMs)
    this.#sent.set(++this.#last, { kind, deadlineMs: nowMs + limitMs, waiting: new Set(settled.map(([other]) => other)), delivered: 0 })
    return this.#last
  }

  /** Notes that `member` has heard the message of this number. */
  hear(number: number, member: string): void {
    const sent = this.#sent.get(number)
    if (sent?.waiting.delete(member) === true) sent.delivered++
  }

  /** Closes the accounts that are due and returns all that are closed, by kind of message. */
  settle(nowMs: number): ReadonlyMap<string, Tally> {
    for (const [number, { kind, deadlineMs, waiting, delivered }] of this.#sent) {
      if (deadlineMs > nowMs) break
      this.#sent.delete(number)
      const tally = this.#tallies.get(kind) ?? { expected: 0, delivered: 0 }
      this.#tallies.set(kind, { expected: tally.expected + delivered + waiting.size, delivered: tally.delivered + delivered })
    }
    return this.#tallies
  }
}
