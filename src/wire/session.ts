import { toBase32 } from './base32.ts'
import type { SessionId } from './message.ts'

const CLOCK_CHARS = 9
const SESSION = /^[0-9a-z]{9}-[0-9a-z]{8}$/

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))

/**
 * Makes the id of a new join: `nowMs` in base 36, zero-padded to 9 characters, a dash, and 40 random bits in base32.
 * Padded, so that text order is order in time until the year 5188.
 *
 * @param nowMs milliseconds since 1970
 * @param random makes that many random bytes
 */
export function newSession(nowMs: number = Date.now(), random: (length: number) => Uint8Array = randomBytes): SessionId {
  const clock = Math.max(0, Math.floor(nowMs)).toString(36).padStart(CLOCK_CHARS, '0')
  return `${clock}-${toBase32(random(5))}` as SessionId
}

/** Whether a value has the form of a session id. */
export function isSessionId(value: unknown): value is SessionId {
  return typeof value === 'string' && SESSION.test(value)
}

/** When a session began by its peer's clock, milliseconds since 1970. */
export function sessionStartMs(session: SessionId): number {
  return Number.parseInt(session.slice(0, CLOCK_CHARS), 36)
}
