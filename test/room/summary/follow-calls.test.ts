import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followCalls } from '../../../src/room/summary/follow-calls.ts'
import { Party, settle } from '../party.ts'

let party: Party

beforeEach(() => {
  vi.useFakeTimers()
  party = new Party()
})

afterEach(async () => {
  await party.end()
  vi.useRealTimers()
})

test('a call is summed up when it is over, and the next one takes that away', async () => {
  const ada = await party.join('ada')
  const page = new AbortController()
  const summary = followCalls(ada.room, page)
  await party.join('bob')
  await settle(60_000)
  expect(summary.value).toBe(null)
  await Promise.all([ada.room.leave(), settle()])
  expect(summary.value).toMatchObject({ topic: 'garden', people: ['bob'] })
  const lasted = (summary.value?.endedAt ?? 0) - (summary.value?.startedAt ?? 0)
  expect(lasted).toBeGreaterThan(59_000)
  expect(summary.value?.relayed).toBe(0)
  await Promise.all([ada.room.join('elsewhere', ''), settle()])
  expect(summary.value).toBe(null)
  page.abort()
})

test('what a connection has carried is counted once, also when it was once too slow to tell', async () => {
  const [ada, bob] = [await party.join('ada'), await party.join('bob')]
  const page = new AbortController()
  const summary = followCalls(ada.room, page)
  const link = party.links.between(ada.peer, bob.peer)
  const full = new Map([['T', { type: 'transport', bytesReceived: 1_000, bytesSent: 500 }]])
  for (const entries of [full, new Map(), full]) {
    link.stats = async () => entries
    await settle(5_000)
  }
  await Promise.all([ada.room.leave(), settle()])
  expect(summary.value).toMatchObject({ receivedBytes: 1_000, sentBytes: 500 })
  page.abort()
})

test('a call without anybody leaves nothing to tell', async () => {
  const ada = await party.join('ada')
  const page = new AbortController()
  const summary = followCalls(ada.room, page)
  await settle(60_000)
  await Promise.all([ada.room.leave(), settle()])
  expect(summary.value).toBe(null)
  page.abort()
})
