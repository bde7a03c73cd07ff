import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PeerLink } from '../../../src/media/link/peer-connection.ts'
import type { LinkPhase, LinkQuality } from '../../../src/media/types.ts'
import { UplinkMonitor } from '../../../src/media/uplink/uplink-monitor.ts'
import { signal } from '../../../src/util/signals.ts'

const lifetime = new AbortController()
const phase = signal<LinkPhase>('connected')
const quality = signal<LinkQuality>('good')
/** What the browser has counted of the link, which grows each second. */
const counters = { packetsReceived: 0, packetsLost: 0 }

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => {
  lifetime.abort()
  vi.useRealTimers()
})

async function pass(seconds: number, received: number, lost: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    counters.packetsReceived += received
    counters.packetsLost += lost
    await vi.advanceTimersByTimeAsync(1_000)
  }
}

test('a link that was poor and comes back is not called poor for what got lost meanwhile', async () => {
  const link = {
    phase, quality, sections: signal(null), send: () => true,
    stats: async () => new Map([['in', { type: 'inbound-rtp', kind: 'video', ...counters }]]),
  } as unknown as PeerLink
  const { uplink } = new UplinkMonitor({ links: signal([link]), plans: signal([]), sources: signal({ camera: null, screen: null } as never), signal: lifetime.signal })
  await pass(8, 50, 50)
  expect(quality.value).toBe('poor')
  phase.value = 'interrupted'
  await pass(1, 0, 0)
  expect(quality.value).toBe('good')
  phase.value = 'connected'
  await pass(1, 50, 0)
  // The gap shows with the first packet after it.
  counters.packetsLost += 500
  const said = new Set<LinkQuality>()
  for (let second = 0; second < 20; second += 1) {
    await pass(1, 50, 0)
    said.add(quality.value)
  }
  expect([[...said], uplink.value]).toEqual([['good'], 'ample'])
})
