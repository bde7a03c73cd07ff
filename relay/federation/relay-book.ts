import { peerIdFromString } from '@libp2p/peer-id'
import { isDirectAddress } from './dialable.ts'

/** A relay that was met. */
export interface KnownRelay {
  readonly peer: string
  /** Multiaddrs with its peer id, best first. */
  readonly addresses: readonly string[]
  /** When it was last connected, milliseconds since 1970. */
  readonly seen: number
  /** Whether we reached it there ourselves; otherwise the addresses are its own words. */
  readonly proven: boolean
  /** Dials in vain since then. */
  readonly failures: number
}

/** Relays remembered in all, and those known by their own words only: hostile ones must not crowd out the others. */
const MAX_RELAYS = 64
const MAX_UNPROVEN = 16
const MAX_ADDRESSES = 4
/** A relay that was not met for so long is forgotten, milliseconds. */
const FORGET_AFTER_MS = 30 * 86_400_000

/** The relays that worked, in memory; every change yields a new book. Pure. */
export class RelayBook {
  readonly relays: readonly KnownRelay[]

  private constructor(relays: readonly KnownRelay[]) {
    this.relays = relays
  }

  static readonly empty = new RelayBook([])

  /** Reads what `write` wrote; what cannot be read counts as nothing. */
  static read(bytes: Uint8Array | undefined): RelayBook {
    try {
      const list: unknown = JSON.parse(new TextDecoder().decode(bytes))
      return new RelayBook(Array.isArray(list) ? list.filter(isKnownRelay).slice(0, MAX_RELAYS) : [])
    } catch {
      // Nothing was written yet, or a disk fault: the relay starts as a new one does.
      return RelayBook.empty
    }
  }

  write(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.relays))
  }

  /** The relay is connected. What we reached ourselves is not replaced by its own words. */
  met(peer: string, addresses: readonly string[], proven: boolean, now: number): RelayBook {
    const known = this.relays.find((each) => each.peer === peer)
    const keep = known?.proven === true && !proven
    const merged = proven && known !== undefined ? [...new Set([...addresses, ...known.addresses])] : addresses
    const best = (keep ? known.addresses : merged).slice(0, MAX_ADDRESSES)
    if (best.length === 0) return this
    const relay = { peer, addresses: best, seen: now, proven: proven || keep, failures: 0 }
    return this.#with([relay, ...this.relays.filter((each) => each.peer !== peer)], now)
  }

  /** The relay was dialled in vain. */
  failed(peer: string, now: number): RelayBook {
    return this.#with(this.relays.map((each) => each.peer === peer ? { ...each, failures: each.failures + 1 } : each), now)
  }

  /** Whom to dial, best first: those who did not fail, then proven ones, then those met last. */
  candidates(now: number): readonly KnownRelay[] {
    return this.relays.filter(({ seen }) => now - seen < FORGET_AFTER_MS)
      .toSorted((a, b) => a.failures - b.failures || Number(b.proven) - Number(a.proven) || b.seen - a.seen)
  }

  #with(relays: readonly KnownRelay[], now: number): RelayBook {
    const fresh = new RelayBook(relays).candidates(now)
    const unproven = fresh.filter(({ proven }) => !proven).slice(0, MAX_UNPROVEN)
    return new RelayBook(fresh.filter((each) => each.proven || unproven.includes(each)).slice(0, MAX_RELAYS))
  }
}

function isKnownRelay(value: unknown): value is KnownRelay {
  if (typeof value !== 'object' || value === null) return false
  const { peer, addresses, seen, proven, failures } = value as Record<string, unknown>
  return typeof peer === 'string' && isPeerId(peer)
    && typeof seen === 'number' && typeof proven === 'boolean' && typeof failures === 'number'
    && Array.isArray(addresses) && addresses.length > 0 && addresses.length <= MAX_ADDRESSES
    && addresses.every((each) => typeof each === 'string' && isDirectAddress(each, peer))
}

function isPeerId(text: string): boolean {
  try {
    return peerIdFromString(text).toString() === text
  } catch {
    // Text that is no peer id is what this function is asked to find.
    return false
  }
}
