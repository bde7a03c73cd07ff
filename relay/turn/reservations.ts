import { randomBytes } from 'node:crypto'
import type { RelaySocket } from './relay-socket.ts'

/** A reserved port waits thirty seconds for its allocation (RFC 8656 section 7.2), milliseconds. */
const LIFETIME_MS = 30_000
const TOKEN_BYTES = 8
const MAX_RESERVATIONS = 256
const MAX_PER_USER = 32

interface Reservation {
  relay: RelaySocket
  user: string
  expiresAt: number
}

/** Ports that wait for a second allocation (RESERVATION-TOKEN). Owns the sockets until they are taken. */
export class Reservations {
  readonly #byToken = new Map<string, Reservation>()

  /** Whether this user may reserve another port. */
  hasRoom(user: string): boolean {
    const own = [...this.#byToken.values()].filter((each) => each.user === user).length
    return this.#byToken.size < MAX_RESERVATIONS && own < MAX_PER_USER
  }

  /** Keeps the socket; returns its token. */
  keep(relay: RelaySocket, user: string, now: number): Buffer {
    const token = randomBytes(TOKEN_BYTES)
    this.#byToken.set(token.toString('hex'), { relay, user, expiresAt: now + LIFETIME_MS })
    return token
  }

  /** Hands the socket over to the user for whom it was reserved. */
  take(token: Buffer, user: string, now: number): RelaySocket | undefined {
    const key = token.toString('hex')
    const reservation = this.#byToken.get(key)
    if (reservation === undefined || reservation.user !== user || reservation.expiresAt <= now) return undefined
    this.#byToken.delete(key)
    return reservation.relay
  }

  /** Whether a socket waits at this reported address. */
  isReserved(address: string, port: number): boolean {
    return [...this.#byToken.values()].some(({ relay: { reported } }) => reported.port === port && reported.address === address)
  }

  /** Closes what nobody came for in time. */
  sweep(now: number): void {
    for (const [key, { relay, expiresAt }] of this.#byToken) {
      if (expiresAt > now) continue
      relay.close()
      this.#byToken.delete(key)
    }
  }

  /** Closes all. */
  clear(): void {
    this.sweep(Number.POSITIVE_INFINITY)
  }
}
