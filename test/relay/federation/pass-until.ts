import { expect, vi } from 'vitest'

/**
 * Lets the fake clock go on in steps of so many milliseconds until `done`. What is tested waits by that clock and hashes by the real
 * one, so there is time between the steps in which a busy machine can hash.
 */
export async function passUntil(done: () => boolean, stepMs: number): Promise<void> {
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(stepMs)
    expect(done()).toBe(true)
  }, { interval: 10, timeout: 30_000 })
}
