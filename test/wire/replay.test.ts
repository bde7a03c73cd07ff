import { beforeEach, describe, expect, it } from 'vitest'
import { HELLO_FRESHNESS_MS, newSession, ReplayGuard } from '../../src/wire/index.ts'
import type { PeerKey, SessionMessage, SessionId } from '../../src/wire/index.ts'
import { SEQ_WINDOW, SeqWindow } from '../../src/wire/seq-window.ts'
import { ALICE, BOB, OFFER } from './samples.ts'

const NOW = 1_754_000_000_000
const MAX_PEERS = 1024
const session = newSession(NOW - 1000)

const hello = (seq: number, of: SessionId = session, at = NOW): SessionMessage =>
  ({ kind: 'hello', session: of, seq, at, name: '', addresses: [] })
const bye = (seq: number, of: SessionId = session): SessionMessage => ({ kind: 'bye', session: of, seq })
const offer = (seq: number, of: SessionId = session): SessionMessage => ({ ...OFFER, session: of, seq })

describe('ReplayGuard', () => {
  let guard: ReplayGuard
  beforeEach(() => {
    guard = new ReplayGuard()
  })
  const accepts = (message: SessionMessage, from: PeerKey = ALICE): boolean => guard.accepts(from, message, NOW)

  it('accepts a message once, whichever carrier brings it again', () => {
    expect([accepts(hello(0)), accepts(hello(0)), accepts(offer(1)), accepts(offer(1))]).toEqual([true, false, true, false])
  })

  it('keeps peers apart', () => {
    expect([accepts(hello(0), ALICE), accepts(hello(0), BOB)]).toEqual([true, true])
  })

  it('accepts messages out of order within the window', () => {
    accepts(offer(SEQ_WINDOW))
    expect([accepts(offer(1)), accepts(offer(1)), accepts(offer(0))]).toEqual([true, false, false])
  })

  it.each([
    [-HELLO_FRESHNESS_MS - 1, false], [-HELLO_FRESHNESS_MS, true], [HELLO_FRESHNESS_MS, true], [HELLO_FRESHNESS_MS + 1, false],
  ])('with a hello %i ms from our clock: accepts = %s', (offsetMs, accepted) => {
    expect(accepts(hello(0, session, NOW + offsetMs))).toBe(accepted)
  })

  it('learns nothing from a hello that it refuses', () => {
    const newer = newSession(NOW)
    expect(accepts(hello(5, newer, 0))).toBe(false)
    expect(accepts(hello(0))).toBe(true)
    expect(accepts(hello(5, newer))).toBe(true)
  })

  it('lets a newer session replace the older one for good', () => {
    const newer = newSession(NOW)
    expect([accepts(hello(7)), accepts(hello(0, newer)), accepts(hello(8)), accepts(bye(9)), accepts(offer(1, newer))])
      .toEqual([true, true, false, false, true])
  })

  it('refuses a session from further in the future than clocks may differ', () => {
    expect(accepts(offer(0, newSession(NOW + HELLO_FRESHNESS_MS + 1)))).toBe(false)
    expect(accepts(offer(0, newSession(NOW + HELLO_FRESHNESS_MS)))).toBe(true)
  })

  it('accepts nothing of a session after its goodbye, and a new session all the same', () => {
    expect([accepts(hello(0)), accepts(bye(3)), accepts(hello(2)), accepts(hello(4)), accepts(bye(3))])
      .toEqual([true, true, false, false, false])
    expect(accepts(hello(0, newSession(NOW)))).toBe(true)
  })

  it('remembers a bounded number of peers and forgets the one heard least recently', () => {
    const peers = Array.from({ length: MAX_PEERS + 1 }, (_, index) => `${index}`.padStart(40, 'a') as PeerKey)
    for (const peer of peers.slice(0, MAX_PEERS)) accepts(hello(0), peer)
    const [first, second] = peers as [PeerKey, PeerKey]
    expect(accepts(hello(1), first)).toBe(true)
    expect(accepts(hello(0), second)).toBe(false)
    accepts(hello(0), peers.at(-1))
    expect(accepts(hello(0), first)).toBe(false)
    expect(accepts(hello(0), second)).toBe(true)
  })
})

describe('SeqWindow', () => {
  it('accepts what a set with a horizon would accept, in any order', () => {
    const window = new SeqWindow()
    const seen = new Set<number>()
    let highest = -1
    const wrong: number[] = []
    let state = 42
    for (let step = 0; step < 50_000; step += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31
      const jump = state % 97 === 0 ? 5000 : 0
      const seq = Math.max(0, highest - 1500 + (state >>> 8) % 1600 + jump)
      const expected = !seen.has(seq) && seq > highest - SEQ_WINDOW
      if (window.add(seq) !== expected) wrong.push(seq)
      seen.add(seq)
      highest = Math.max(highest, seq)
    }
    expect(wrong).toEqual([])
    expect(highest).toBeGreaterThan(100_000)
  })

  it('holds at the greatest safe integer', () => {
    const window = new SeqWindow()
    const n = Number.MAX_SAFE_INTEGER
    expect([window.add(0), window.add(n), window.add(n), window.add(n - 1), window.add(n - SEQ_WINDOW)])
      .toEqual([true, true, false, true, false])
  })
})
