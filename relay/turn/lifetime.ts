/** How long an allocation lives (RFC 8656 section 7.2). Pure. */

/** Ten minutes, seconds. */
const DEFAULT_LIFETIME = 600
/** An hour, seconds. */
const MAX_LIFETIME = 3_600
/** An allocation outlives the credential that it was made with by at most this, seconds. */
const GRACE = 60

/** The lifetime to grant, seconds, given what was asked for and how long the credential is still valid. */
export function grantedLifetime(requested: number | undefined, credentialSeconds: number): number {
  const wished = Math.min(Math.max(requested ?? DEFAULT_LIFETIME, DEFAULT_LIFETIME), MAX_LIFETIME)
  return Math.min(wished, Math.ceil(credentialSeconds) + GRACE)
}
