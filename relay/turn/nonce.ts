import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A nonce lives for one to two periods, milliseconds; RFC 8656 section 5 advises an hour at most. */
const PERIOD_MS = 1_800_000
const MAC_BYTES = 12

/**
 * NONCE without a memory (RFC 8489 section 9.2): the number of a period, and a MAC over it and the client's address under a
 * secret of that period. A client thus proves that it gets what is sent to its address, and nothing is kept per client.
 */
export class Nonces {
  readonly #root = randomBytes(32)
  #period = -1
  #secrets: readonly Buffer[] = []

  /** A nonce for one client; `now` is in milliseconds. */
  issue(client: string, now: number): Buffer {
    return this.#nonce(Math.floor(now / PERIOD_MS), client, now)
  }

  /** Whether `nonce` was issued to this client in this period or the one before. */
  isFresh(nonce: Buffer, client: string, now: number): boolean {
    const current = Math.floor(now / PERIOD_MS)
    return [current, current - 1].some((period) => {
      const expected = this.#nonce(period, client, now)
      return expected.length === nonce.length && timingSafeEqual(expected, nonce)
    })
  }

  #nonce(period: number, client: string, now: number): Buffer {
    const mac = createHmac('sha256', this.#secretOf(period, now)).update(client).digest('base64url')
    return Buffer.from(mac.slice(0, MAC_BYTES * 4 / 3))
  }

  /** The secrets of this period and the one before; derived, so that rotation needs no timer. */
  #secretOf(period: number, now: number): Buffer {
    const current = Math.floor(now / PERIOD_MS)
    if (current !== this.#period) {
      this.#period = current
      this.#secrets = [current, current - 1].map((each) => createHmac('sha256', this.#root).update(String(each)).digest())
    }
    return this.#secrets[current - period] ?? this.#root
  }
}
