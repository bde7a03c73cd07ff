/** How waiting times grow. */
export interface BackoffOptions {
  /** First wait, milliseconds. */
  baseMs: number
  /** Longest wait, milliseconds. */
  maxMs: number
  /** 0..1 of each wait is random, so that many clients do not come back together. */
  jitter?: number
  /** Source of randomness in 0..1; injected by tests. */
  random?: () => number
}

/**
 * Milliseconds to wait before attempt number `attempt` (0 is the first retry): doubling, capped, with jitter.
 */
export function backoffMs(attempt: number, { baseMs, maxMs, jitter = 0.3, random = Math.random }: BackoffOptions): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30))
  return Math.round(full * (1 - jitter * random()))
}
