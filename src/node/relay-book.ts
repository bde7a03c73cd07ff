import { parseAddress, peerOf } from './addresses.ts'

/** A small synchronous store of text, such as localStorage. */
export interface TextStorage {
  get(key: string): string | null
  set(key: string, value: string): void
}

const KEY = 'parley:relays'
const MAX_REMEMBERED = 8
const MAX_FAILURES = 5

interface Entry {
  address: string
  /** When it last worked, milliseconds since 1970. */
  at: number
  /** Failures in a row since then. */
  failures: number
}

/**
 * The relays we know: those given (page, link) first and for this visit, then those that worked on earlier visits.
 */
export class RelayBook {
  readonly #given: string[]
  readonly #storage: TextStorage
  readonly #now: () => number
  #entries: Entry[]

  constructor(given: string[], storage: TextStorage, now: () => number = Date.now) {
    this.#given = [...new Set(given)]
    this.#storage = storage
    this.#now = now
    this.#entries = readEntries(storage.get(KEY))
  }

  /** Addresses to try, best first. */
  candidates(): string[] {
    const remembered = [...this.#entries].sort((a, b) => a.failures - b.failures || b.at - a.at).map((entry) => entry.address)
    return [...new Set([...this.#given, ...remembered])]
  }

  /** Adds an address for this visit, for example one that the person pasted. */
  add(address: string): void {
    if (!this.#given.includes(address)) this.#given.push(address)
  }

  worked(address: string): void {
    this.#entries = [{ address, at: this.#now(), failures: 0 }, ...this.#entries.filter((entry) => entry.address !== address)]
      .slice(0, MAX_REMEMBERED)
    this.#save()
  }

  /** Counts a failure; a remembered relay that keeps failing is forgotten. */
  failed(address: string): void {
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
