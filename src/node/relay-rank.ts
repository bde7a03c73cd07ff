/** In which order relays are tried: those that have served us well come first. Pure. */

/** How an address came to us: from the page, the link or the person; from an earlier visit; from somebody who named it. */
export type RelaySource = 'given' | 'remembered' | 'hint'

/** What is known of one address of a relay. */
export interface RelayFacts {
  address: string
  source: RelaySource
  /** Failures in a row. */
  failures: number
  /** When it last worked, milliseconds since 1970; 0 never. */
  at: number
  /** How long connecting took the last time, milliseconds; null when it never did. */
  connectMs: number | null
  /** Whether it let us be reached through it when last asked; null when it never was. */
  reserved: boolean | null
}

const SOURCES: readonly RelaySource[] = ['given', 'remembered', 'hint']
/** More failures in a row than this are no accident. */
const ACCIDENTS = 2
const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** Bounds of the classes of speed, milliseconds: finer differences are chance. */
const SPEEDS_MS = [150, 500, 1_500]
/** Of an address that never connected nothing is known, which is neither good nor bad. */
const UNKNOWN_SPEED = 1

/** The addresses, the best first: what works, who gave it, whether it has room for us, how lately it worked, how fast it is. */
export function rankRelays(facts: readonly RelayFacts[], now: number): string[] {
  return facts.toSorted((a, b) => compare(marks(a, now), marks(b, now))).map(({ address }) => address)
}

/** One number for each question, the most important first; less is better. */
function marks({ failures, source, reserved, at, connectMs }: RelayFacts, now: number): number[] {
  return [
    failures === 0 ? 0 : failures <= ACCIDENTS ? 1 : 2,
    SOURCES.indexOf(source),
    reserved === false ? 1 : 0,
    // The page and the person give what they think best now, whether or not it was used before.
    source !== 'remembered' || now - at < DAY_MS ? 0 : now - at < WEEK_MS ? 1 : 2,
    connectMs === null ? UNKNOWN_SPEED : SPEEDS_MS.filter((bound) => connectMs >= bound).length
  ]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((mark, at) => mark !== b[at])
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0)
}
