import { parseAddress, peerOf } from './addresses.ts'
import { byRelay } from './relay-order.ts'
import type { KnownRelay } from './relay-order.ts'

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

interface Entry {
  address: string
  /** When it last worked, milliseconds since 1970. */
  at: number
  /** Failures in a row since then. */
  failures: number
}

/**
 * The relays we know: those given (page, link) first and for this visit, then those that worked on earlier visits, then
 * those that somebody has told us of, which are forgotten at their first failure.
 */
export class RelayBook {
  readonly #given: string[]
  readonly #storage: TextStorage
  readonly #now: () => number
  #entries: Entry[]
  #hints: string[] = []

  constructor(given: string[], storage: TextStorage, now: () => number = Date.now) {
    this.#given = [...new Set(given)]
    this.#storage = storage
    this.#now = now
    this.#entries = readEntries(storage.get(KEY))
  }

  /** Addresses to try, best first. */
  candidates(): string[] {
    const remembered = [...this.#entries].sort((a, b) => a.failures - b.failures || b.at - a.at).map((entry) => entry.address)
    return [...new Set([...this.#given, ...remembered, ...this.#hints])]
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

  worked(address: string): void {
    this.#entries = [{ address, at: this.#now(), failures: 0 }, ...this.#entries.filter((entry) => entry.address !== address)]
      .slice(0, MAX_REMEMBERED)
    this.#save()
  }

  /** Counts a failure; a remembered relay that keeps failing is forgotten. */
  failed(address: string): void {
    this.#hints = this.#hints.filter((hint) => hint !== address)
    this.#entries = this.#entries
      .map((entry) => entry.address === address ? { ...entry, failures: entry.failures + 1 } : entry)
      .filter((entry) => entry.failures < MAX_FAILURES)
    this.#save()
  }

  #save(): void {
    this.#storage.set(KEY, JSON.stringify(this.#entries))
  }
}

/** Reads what an earlier visit stored; anything that is not a list of relay addresses counts as nothing. */
function readEntries(text: string | null): Entry[] {
  if (text === null) return []
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter(isEntry).slice(0, MAX_REMEMBERED) : []
  } catch {
    // Corrupt storage is not worth an error: the given relays are enough to start.
    return []
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { address, at, failures } = value as Record<string, unknown>
  if (typeof address !== 'string' || typeof at !== 'number' || typeof failures !== 'number') return false
  try {
    return peerOf(parseAddress(address)) !== undefined
  } catch {
    // A refused address is what this function is asked to find.
    return false
  }
}
