import { childController, delay, onAbort, withTimeout } from '../../src/util/abort.ts'
import type { Lifetime } from '../../src/util/abort.ts'
import { HELLO_INTERVAL_MS } from '../../src/wire/protocol.ts'
import { ClientRefused } from './client.ts'
import type { Client, Connect } from './client.ts'
import type { CrowdStats } from './crowd-stats.ts'
import type { DeliveryLedger } from './delivery.ts'
import { between } from '../random.ts'
import { decodeWord, encodeWord } from './words.ts'
import type { WordKind } from './words.ts'

/** How long a member keeps its identity, and how long it stays in one room, milliseconds, least and most. */
const IDENTITY_MS = [60_000, 900_000] as const
const VISIT_MS = [60_000, 180_000] as const
/** Pause between leaving a room and entering the next, milliseconds. */
const PAUSE_MS = [500, 3_000] as const
const RETRY_MS = 5_000

/** What a member lives on. */
export interface MemberParts extends Lifetime {
  name: string
  connect: Connect
  server: string
  source: string
  heartbeatMs: number
  /** Topics of the rooms it goes to; none for a member that is only connected. */
  rooms: readonly string[]
  random: () => number
  ledger: DeliveryLedger
  stats: CrowdStats
}

/** One person: connects, goes from room to room, and comes back as somebody else, until the signal aborts. */
export class Member {
  readonly #parts: MemberParts
  readonly #draw: (low: number, high: number) => number
  #session = 0
  #client: Client | undefined
  /** The room that it is in. */
  #topic: string | undefined

  constructor(parts: MemberParts) {
    this.#parts = parts
    this.#draw = between(parts.random)
  }

  /** Lives; calls `settled` when the first attempt to connect has ended either way. Resolves when it has gone. */
  async live(settled: () => void): Promise<void> {
    const { rooms, signal, stats } = this.#parts
    while (!signal.aborted) {
      const client = await this.#connect()
      settled()
      if (client === undefined) {
        await delay(RETRY_MS, signal)
        continue
      }
      const identity = withTimeout(signal, rooms.length === 0 ? 2 ** 31 - 1 : this.#draw(...IDENTITY_MS))
      onAbort(client.ended, identity.done)
      await this.#visitRooms(client, identity.signal)
      identity.done()
      if (client.ended.aborted) stats.lost++
      stats.connected--
      await client.close()
    }
  }

  async #connect(): Promise<Client | undefined> {
    const { connect, server, source, heartbeatMs, signal, stats } = this.#parts
    this.#session++
    try {
      const client = await connect({ server, source, heartbeatMs, signal, onMessage: (topic, data) => this.#hear(topic, data) })
      stats.connections++
      stats.connected++
      return this.#client = client
    } catch (error) {
      this.#refused(error)
      return undefined
    }
  }

  async #visitRooms(client: Client, signal: AbortSignal): Promise<void> {
    const { rooms, random } = this.#parts
    if (rooms.length === 0) return await aborted(signal)
    while (!signal.aborted) {
      const visit = withTimeout(signal, this.#draw(...VISIT_MS))
      await this.#visit(client, rooms[Math.floor(random() * rooms.length)] ?? '', visit.signal)
      visit.done()
      await delay(this.#draw(...PAUSE_MS), signal)
    }
  }

  async #visit(client: Client, topic: string, signal: AbortSignal): Promise<void> {
    const { ledger, stats } = this.#parts
    const entering = childController(signal)
    try {
      this.#topic = topic
      await client.enter(topic, { signal: entering.signal })
      stats.entries++
      ledger.enter(topic, this.#who, Date.now())
      this.#say('hello', topic)
      this.#say('offer', topic)
      while (!signal.aborted) {
        await delay(HELLO_INTERVAL_MS * this.#draw(0.7, 1), signal)
        if (!signal.aborted) this.#say('hello', topic)
      }
    } catch (error) {
      if (!signal.aborted) this.#refused(error)
      await delay(RETRY_MS, signal)
    } finally {
      entering.abort()
      ledger.leave(topic, this.#who)
      this.#topic = undefined
      client.leave(topic)
    }
  }

  #say(kind: WordKind, topic: string): void {
    const number = this.#parts.ledger.send(kind, topic, this.#who, Date.now())
    this.#client?.say(topic, encodeWord({ kind, number }))
  }

  #hear(topic: string, data: Uint8Array): void {
    if (topic !== this.#topic) return
    this.#parts.ledger.hear(decodeWord(data).number, this.#who)
  }

  #refused(error: unknown): void {
    const { signal, stats } = this.#parts
    if (signal.aborted) return
    const what = error instanceof ClientRefused ? error.code : 'other'
    stats.refused[what] = (stats.refused[what] ?? 0) + 1
    stats.reasons[what] = `${String(error)}: ${String((error as Error).cause)}`
  }

  get #who(): string {
    return `${this.#parts.name}/${this.#session}`
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => { onAbort(signal, () => resolve()) })
}
