import type { PeerKey } from '../../wire/index.ts'
import type { CallSummary, Trouble } from './types.ts'

/** Shorter breaks pass unnoticed. */
const TROUBLE_MS = 1_000
const MOST_TROUBLES = 3
/** People remembered, and told of; of those who have left the ones who were there for the shortest time are forgotten. */
export const MOST_PEOPLE = 64

/** How one person stands at the moment. */
export interface Standing {
  peer: PeerKey
  name: string
  isConnected: boolean
  /** Whether a relay is in between; only looked at while connected. */
  isRelayed: boolean
  roundTripMs: number | null
}

interface Person {
  name: string
  wasConnected: boolean
  connectedMs: number
  /** When the connection broke; null while it stands. */
  brokenAt: number | null
  /** Counters of the present connection. */
  received: number
  sent: number
}

/** Adds up a call. Pure: whoever looks brings the time, milliseconds since 1970. */
export class CallTally {
  readonly #topic: string
  readonly #startedAt: number
  readonly #people = new Map<PeerKey, Person>()
  readonly #troubles: Trouble[] = []
  #last: readonly Standing[] = []
  #lookedAt: number
  #connectedMs = 0
  #relayedMs = 0
  #receivedBytes = 0
  #sentBytes = 0
  #worstRoundTripMs: number | null = null

  constructor(topic: string, nowMs: number) {
    this.#topic = topic
    this.#startedAt = this.#lookedAt = nowMs
  }

  /** Everybody in the room, whenever one of them has changed. What was said last held until now. */
  look(now: readonly Standing[], nowMs: number): void {
    const passedMs = Math.max(0, nowMs - this.#lookedAt)
    for (const { peer, isConnected, isRelayed } of this.#last) {
      if (!isConnected) continue
      this.#connectedMs += passedMs
      if (isRelayed) this.#relayedMs += passedMs
      const person = this.#people.get(peer)
      if (person !== undefined) person.connectedMs += passedMs
    }
    for (const standing of now) this.#follow(standing, nowMs)
    const gone = [...this.#people].filter(([peer]) => !now.some((standing) => standing.peer === peer))
    // Who has left is not in trouble any more.
    for (const [, person] of gone) this.#mend(person, nowMs)
    this.#forget(gone)
    this.#last = now
    this.#lookedAt = nowMs
  }

  /** What the connection with somebody has carried; another connection counts from nothing. */
  count(peer: PeerKey, received: number, sent: number): void {
    const person = this.#people.get(peer)
    if (person === undefined) return
    this.#receivedBytes += received >= person.received ? received - person.received : received
    this.#sentBytes += sent >= person.sent ? sent - person.sent : sent
    Object.assign(person, { received, sent })
  }

  /** The call as it was until now. */
  summary(nowMs: number): CallSummary {
    this.look([], nowMs)
    return {
      topic: this.#topic,
      startedAt: this.#startedAt,
      endedAt: nowMs,
      people: [...this.#people.values()].filter(({ wasConnected }) => wasConnected).map(({ name }) => name),
      receivedBytes: this.#receivedBytes,
      sentBytes: this.#sentBytes,
      relayed: this.#connectedMs === 0 ? null : this.#relayedMs / this.#connectedMs,
      worstRoundTripMs: this.#worstRoundTripMs,
      troubles: this.#troubles.toSorted((a, b) => b.lastedMs - a.lastedMs).slice(0, MOST_TROUBLES),
    }
  }

  #forget(gone: readonly (readonly [PeerKey, Person])[]): void {
    const fleeting = gone.toSorted(([, a], [, b]) => a.connectedMs - b.connectedMs)
    for (const [peer] of fleeting.slice(0, Math.max(0, this.#people.size - MOST_PEOPLE))) this.#people.delete(peer)
  }

  #follow({ peer, name, isConnected, roundTripMs }: Standing, nowMs: number): void {
    const person = this.#people.get(peer) ?? { name, wasConnected: false, connectedMs: 0, brokenAt: null, received: 0, sent: 0 }
    this.#people.set(peer, person)
    person.name = name
    if (isConnected) {
      this.#mend(person, nowMs)
      person.wasConnected = true
      if (roundTripMs !== null) this.#worstRoundTripMs = Math.max(this.#worstRoundTripMs ?? 0, roundTripMs)
    } else if (person.wasConnected) person.brokenAt ??= nowMs
  }

  #mend(person: Person, nowMs: number): void {
    if (person.brokenAt === null) return
    const lastedMs = nowMs - person.brokenAt
    if (lastedMs >= TROUBLE_MS) this.#troubles.push({ name: person.name, at: person.brokenAt, lastedMs })
    // Of a long bad call only the worst is kept.
    if (this.#troubles.length > 2 * MOST_TROUBLES) this.#troubles.sort((a, b) => b.lastedMs - a.lastedMs).splice(MOST_TROUBLES)
    person.brokenAt = null
  }
}
