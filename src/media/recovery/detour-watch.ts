import type { LinkPath } from '../types.ts'

/** A machine and a line that were busy with the start of a call are quiet again after so long, milliseconds. */
const SETTLED_MS = 10_000
/** Where it has changed nothing it is tried again after so long, milliseconds. */
const AGAIN_MS = 300_000

/**
 * Watches for a path that goes through TURN by TCP or TLS, where one lost packet holds up all that follow it. Browsers end
 * gathering with the first pair that works, so that one lost packet, or a busy machine, may leave a call there although UDP
 * works: one more gathering finds out. Times are of one monotonic clock.
 */
export class DetourWatch {
  #since: number | null = null
  #toldAt = -Infinity

  /** Takes in the present path, null while there is none; true when it is worth an ICE restart to look for a better one. */
  look(path: LinkPath | null, nowMs: number): boolean {
    const isDetour = path !== null && path.relay !== null && path.protocol !== 'udp'
    if (!isDetour) {
      this.#since = null
      return false
    }
    this.#since ??= nowMs
    if (nowMs - this.#since < SETTLED_MS || nowMs - this.#toldAt < AGAIN_MS) return false
    this.#toldAt = nowMs
    return true
  }
}
