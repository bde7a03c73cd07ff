import { parseAddress, peerOf } from './addresses.ts'
import { byRelay } from './relay-order.ts'
import type { KnownRelay } from './relay-order.ts'
import { rankRelays } from './relay-rank.ts'
import type { RelayFacts, RelaySource } from './relay-rank.ts'

/** A small synchronous store of text, such as localStorage. */
export interface TextStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

const KEY = 'parley:relays'
const MAX_REMEMBERED = 8
const MAX_FAILURES = 5
/** Addresses known by hearsay only; the oldest are forgotten. */
const MAX_HINTS = 16

/** What is known of an address; stored while `at` is not 0. */
type Entry = Omit<RelayFacts, 'source'>

/**
 * The relays we know: those given (page, link) for this visit, those that worked on earlier visits, and those that somebody
 * has told us of, which are forgotten at their first failure. In the order of `rankRelays`.
 */
export class RelayBook {
  readonly #given: string[]
  readonly #storage: TextStorage
  readonly #now: () => number
  /** By address; what worked last comes last. */
  readonly #entries: Map<string, Entry>
  #hints: string[] = []

  constructor(given: string[], storage: TextStorage, now: () => number = Date.now) {
    this.#given = [...new Set(given)]
    this.#storage = storage
    this.#now = now
    this.#entries = new Map(readEntries(storage.get(KEY)).toReversed().map((entry) => [entry.address, entry]))
  }

  /** Addresses to try, best first. */
  candidates(): string[] {
    const sources: [RelaySource, string[]][] = [
      ['given', this.#given], ['remembered', this.#remembered().map(({ address }) => address)], ['hint', this.#hints]
    ]
    const facts = new Map<string, RelayFacts>()
    for (const [source, addresses] of sources) {
      for (const address of addresses) if (!facts.has(address)) facts.set(address, { ...this.#entry(address), source })
    }
    return rankRelays([...facts.values()], this.#now())
  }

  /** The same by relay, the best way to each first. */
  relays(): KnownRelay[] {
    return byRelay(this.candidates())
  }

  /** Adds an address for this visit, for example one that the person pasted. False when it was given already. */
  add(address: string): boolean {
    if (this.#given.includes(address)) return false
    this.#given.push(address)
    return true
  }

  /** Adds an address that a stranger told us of. False when it was known already. */
  hint(address: string): boolean {
    if (this.candidates().includes(address)) return false
    this.#hints = [address, ...this.#hints].slice(0, MAX_HINTS)
    return true
  }

  /** The address leads to a relay. */
  worked(address: string): void {
    const entry = { ...this.#entry(address), at: this.#now(), failures: 0 }
    this.#entries.delete(address)
    this.#entries.set(address, entry)
    for (const { address: old } of this.#remembered().slice(MAX_REMEMBERED)) this.#entries.delete(old)
    this.#save()
  }

  /** Notes how an address that worked served us: how long connecting took, or whether the relay had a place for us. */
  served(address: string, how: Partial<Pick<RelayFacts, 'connectMs' | 'reserved'>>): void {
    this.#entries.set(address, { ...this.#entry(address), ...how })
    this.#save()
  }

  /**
   * Counts a failure. A remembered relay that keeps failing is forgotten, unless no other works either: then it is our
   * network that fails.
   */
  failed(address: string, othersWork = true): void {
    const entry = this.#entry(address)
    const failures = othersWork ? entry.failures + 1 : Math.min(entry.failures + 1, MAX_FAILURES - 1)
    this.#entries.set(address, { ...entry, failures, at: failures >= MAX_FAILURES ? 0 : entry.at })
    if (othersWork) this.#hints = this.#hints.filter((hint) => hint !== address)
    if (entry.at === 0 && !this.#given.includes(address) && !this.#hints.includes(address)) this.#entries.delete(address)
    this.#save()
  }

  #entry(address: string): Entry {
    return this.#entries.get(address) ?? { address, failures: 0, at: 0, connectMs: null, reserved: null }
  }

  /** Those that have worked, the latest first. */
  #remembered(): Entry[] {
    return [...this.#entries.values()].filter(({ at }) => at > 0).toReversed()
  }

  #save(): void {
    this.#storage.set(KEY, JSON.stringify(this.#remembered()))
  }
}

/** Reads what an earlier visit stored; anything that is not a list of relay addresses counts as nothing. */
function readEntries(text: string | null): Entry[] {
  if (text === null) return []
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.flatMap(readEntry).slice(0, MAX_REMEMBERED) : []
  } catch {
    // Corrupt storage is not worth an error: the given relays are enough to start.
    return []
  }
}

function readEntry(value: unknown): Entry[] {
  if (typeof value !== 'object' || value === null) return []
  const { address, at, failures, connectMs, reserved } = value as Record<string, unknown>
  if (typeof address !== 'string' || typeof at !== 'number' || typeof failures !== 'number') return []
  try {
    if (peerOf(parseAddress(address)) === undefined) return []
  } catch {
    // A refused address is what this function is asked to find.
    return []
  }
  return [{
    address, at, failures,
    connectMs: typeof connectMs === 'number' ? connectMs : null,
    reserved: typeof reserved === 'boolean' ? reserved : null
  }]
}
