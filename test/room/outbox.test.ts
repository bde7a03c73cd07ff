import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOutbox } from '../../src/room/outbox.ts'
import { newSession } from '../../src/wire/index.ts'
import type { Signal, SignalBody } from '../../src/wire/index.ts'
import { peerKey } from '../fakes/fake-network.ts'

const session = newSession()
const CANDIDATES: SignalBody = { kind: 'candidates', candidates: [] }
const OFFER: SignalBody = { kind: 'description', type: 'offer', sdp: 'v=0', offerId: 'x', candidates: [] }

function signal(seq: number, body: SignalBody): Signal {
  return { kind: 'signal', session, seq, to: peerKey('bob'), toSession: session, name: '', addresses: [], body }
}

let reachable: boolean
let wanted: boolean
let tried: number[]
let sent: number[]
let page: AbortController

function make() {
  return createOutbox({
    transmit: async ({ seq }) => {
      tried.push(seq)
      if (!reachable) throw new Error('unreachable')
      sent.push(seq)
    },
    wanted: () => wanted,
    signal: page.signal,
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  ;[reachable, wanted, tried, sent, page] = [false, true, [], [], new AbortController()]
})

afterEach(() => {
  page.abort()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('what a carrier takes is sent at once, and once', async () => {
  reachable = true
  make().post(signal(1, OFFER))
  expect(sent).toEqual([1])
  await pass(60_000)
  expect(tried).toEqual([1])
})

test('what no carrier takes is sent when one does, in order', async () => {
  const outbox = make()
  outbox.post(signal(1, OFFER))
  outbox.post(signal(2, CANDIDATES))
  outbox.post(signal(3, CANDIDATES))
  await pass(1_000)
  reachable = true
  await pass(4_000)
  expect(sent).toEqual([1, 2, 3])
  expect(vi.getTimerCount()).toBe(0)
})

test('the pauses grow to some seconds', async () => {
  make().post(signal(1, OFFER))
  await pass(60_000)
  expect(tried.length).toBeGreaterThan(60_000 / 4_000)
  expect(tried.length).toBeLessThan(30)
})

test('a newer description makes obsolete what waits', async () => {
  const outbox = make()
  outbox.post(signal(1, OFFER))
  outbox.post(signal(2, CANDIDATES))
  await pass(100)
  outbox.post(signal(3, OFFER))
  await pass(0)
  reachable = true
  await pass(5_000)
  expect(sent).toEqual([3])
})

test('a message that fails after a newer description has begun to wait is given up', async () => {
  const outbox = make()
  outbox.post(signal(2, OFFER))
  await pass(0)
  outbox.post(signal(1, CANDIDATES))
  await pass(0)
  reachable = true
  await pass(5_000)
  expect(sent).toEqual([2])
})

test('what waits does not pile up', async () => {
  const outbox = make()
  for (let seq = 1; seq <= 100; seq += 1) outbox.post(signal(seq, CANDIDATES))
  await pass(0)
  reachable = true
  await pass(5_000)
  expect(sent).toHaveLength(16)
})

test('nothing is tried again once it is no longer wanted', async () => {
  make().post(signal(1, OFFER))
  await pass(0)
  ;[wanted, reachable] = [false, true]
  await pass(60_000)
  expect(tried).toEqual([1])
})
