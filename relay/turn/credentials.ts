/** Time-limited credentials from a shared secret: the scheme that coturn calls `use-auth-secret`. Pure. */
import { createHmac } from 'node:crypto'

/** What a client gives to RTCPeerConnection as `username` and `credential`. */
export interface TurnCredential {
  username: string
  credential: string
}

/** What a username says. */
export interface Claim {
  /** Whom it was handed to. */
  readonly user: string
  /** When it ends, Unix time in milliseconds. */
  readonly expiresAt: number
}

/** A peer id takes 52; RFC 8489 section 14.3 allows 508. */
const MAX_USERNAME_BYTES = 256
const USERNAME = /^(\d{1,11}):(.+)$/su

/**
 * A credential for `user` that ends `ttlSeconds` after `now` (Unix time, milliseconds): the username is the end in Unix
 * seconds, a colon and the user; the password is the base64 of HMAC-SHA1 over the username.
 */
export function turnCredential(secret: string | Buffer, user: string, ttlSeconds: number, now: number): TurnCredential {
  const username = `${Math.floor(now / 1_000) + ttlSeconds}:${user}`
  return { username, credential: passwordOf(secret, username) }
}

/** The password that belongs to a username. */
export function passwordOf(secret: string | Buffer, username: string): string {
  return createHmac('sha1', secret).update(username).digest('base64')
}

/** Reads a username; undefined when this server cannot have made it. Whether it is genuine only the password tells. */
export function parseUsername(value: Buffer): Claim | undefined {
  if (value.length > MAX_USERNAME_BYTES) return undefined
  const [, seconds, user] = USERNAME.exec(value.toString('utf8')) ?? []
  return seconds === undefined || user === undefined ? undefined : { user, expiresAt: Number(seconds) * 1_000 }
}
