import type { Libp2p } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { advertise } from '../../../relay/federation/advertisement.ts'
import { relayAdvertisementCid } from '../../../src/node/discovery/relays.ts'
import { DEFAULT_NETWORK } from '../../../src/wire/network.ts'
import { RELAY_BUCKET_MS } from '../../../src/wire/protocol.ts'
import { passUntil } from './pass-until.ts'

const START = 1_000 * RELAY_BUCKET_MS
/** A bucket is a day. */
const STEP_MS = RELAY_BUCKET_MS / 72

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START }) })
afterEach(() => { vi.useRealTimers() })

/** The CIDs of some days, counted from the first of the test. */
async function cidsOf(...days: number[]): Promise<string[]> {
  return Promise.all(days.map(async (day) => String(await relayAdvertisementCid(DEFAULT_NETWORK, START + day * RELAY_BUCKET_MS))))
}

function advertising(address: string, publicOnly: boolean, failures = 0) {
  const filed = new Set<string>()
  const lifetime = new AbortController()
  let left = failures
  let attempts = 0
  const libp2p = {
    getMultiaddrs: () => [multiaddr(address)],
    contentRouting: {
      provide: async (cid: unknown) => {
        attempts++
        if (left-- > 0) throw new Error('no server yet')
        filed.add(String(cid))
      },
      cancelReprovide: async (cid: unknown) => { filed.delete(String(cid)) }
    }
  }
  const ended = advertise({ libp2p: libp2p as unknown as Libp2p, network: DEFAULT_NETWORK, publicOnly, signal: lifetime.signal })
  return { filed, attempts: () => attempts, end: async () => { lifetime.abort(); await ended } }
}

test('a relay files itself for today and tomorrow, withdraws what is over, and at its end everything', async () => {
  const { filed, end } = advertising('/ip4/127.0.0.1/tcp/1/ws', false)
  const [first, second] = [new Set(await cidsOf(0, 1)), new Set(await cidsOf(1, 2))]
  await vi.waitFor(() => expect(filed).toEqual(first))
  await passUntil(() => filed.size === 2 && [...second].every((cid) => filed.has(cid)), STEP_MS)
  await vi.waitFor(() => expect(filed).toEqual(second))
  await end()
  expect([...filed]).toEqual([])
})

test('a relay that nobody was there to hear tries again', async () => {
  const { filed, attempts, end } = advertising('/ip4/127.0.0.1/tcp/1/ws', false, 4)
  await passUntil(() => filed.size === 2, STEP_MS)
  expect(attempts()).toBe(6)
  expect([...filed].toSorted()).toEqual((await cidsOf(0, 1)).toSorted())
  await end()
})

test('a public relay whose only address is private does not file itself', async () => {
  const { attempts, end } = advertising('/ip4/10.0.0.1/tcp/1/ws', true)
  for (let step = 0; step < 108; step++) {
    await vi.advanceTimersByTimeAsync(STEP_MS)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(attempts()).toBe(0)
  await end()
})
