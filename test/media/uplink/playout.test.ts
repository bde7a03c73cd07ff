import { expect, test } from 'vitest'
import { nextPlayout, NO_PLAYOUT, type Playout, type PlayoutFacts } from '../../../src/media/uplink/playout.ts'

const after = (playout: Playout, facts: Partial<PlayoutFacts>, seconds = 1): Playout => {
  let next = playout
  for (let second = 0; second < seconds; second++) {
    next = nextPlayout(next, { receivedLoss: 0, roundTripMs: 50, concealed: 0, heldMs: 60, ...facts }, 1_000)
  }
  return next
}

test.each([
  // loss, round trip, what is waited for
  [0, 50, 0],
  [0.009, 50, 0],
  [0.03, 50, 80],
  [0.1, 50, 160],
  [0.2, 50, 240],
  [0.2, null, 120],
  // Three repeats would take too long to talk, and then none does any good.
  [0.2, 120, 320],
  [0.2, 300, 0],
])('at a loss of %d and %d ms there and back, what arrives waits %d ms', (receivedLoss, roundTripMs, targetMs) => {
  expect(after(NO_PLAYOUT, { receivedLoss, roundTripMs }).targetMs).toBe(targetMs)
})

test('waiting never makes more than 400 ms from mouth to ear, whatever is lost or late', () => {
  for (let roundTripMs = 0; roundTripMs <= 1_000; roundTripMs += 10) {
    for (const facts of [{ receivedLoss: 0.3 }, { concealed: 0.5 }]) {
      const { targetMs } = after(NO_PLAYOUT, { ...facts, roundTripMs, heldMs: 100 }, 20)
      if (targetMs > 0) expect(targetMs + roundTripMs / 2).toBeLessThanOrEqual(400 + 40)
    }
  }
})

test('sound with gaps in it is held back a step longer than it is, again and again until there are none', () => {
  const once = after(NO_PLAYOUT, { concealed: 0.05, heldMs: 90 })
  expect(once.targetMs).toBe(120)
  const twice = after(once, { concealed: 0.02, heldMs: 125 })
  expect(twice.targetMs).toBe(160)
  expect(after(twice, { concealed: 0.009, heldMs: 160 }).targetMs).toBe(160)
})

test('more is waited at once, less after ten seconds of calm only, and then by halves', () => {
  const lossy = after(NO_PLAYOUT, { receivedLoss: 0.2 })
  expect(after(lossy, {}, 9).targetMs).toBe(240)
  expect(after(lossy, {}, 10).targetMs).toBe(120)
  expect(after(lossy, {}, 20).targetMs).toBe(40)
  expect(after(lossy, {}, 30).targetMs).toBe(0)
  expect(after(after(after(lossy, {}, 9), { receivedLoss: 0.2 }), {}, 9).targetMs).toBe(240)
  expect(after(lossy, { receivedLoss: 0.1 }, 10).targetMs).toBe(160)
})
