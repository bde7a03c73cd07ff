import { afterEach, describe, expect, test, vi } from 'vitest'
import { readStats, statsOf } from '../../../src/media/link/stats.ts'

/** A connection that answers like this. */
function connection(getStats: () => Promise<unknown>, signalingState: RTCSignalingState = 'stable'): RTCPeerConnection {
  return { signalingState, getStats } as Partial<RTCPeerConnection> as RTCPeerConnection
}

afterEach(() => { vi.useRealTimers() })

describe('statistics', () => {
  test('are what the browser counted', async () => {
    const entry = { type: 'inbound-rtp', bytesReceived: 7 }
    expect(await readStats(connection(async () => new Map([['a', entry]])))).toEqual([entry])
  })

  test('are empty where a connection was closed while they were collected, and the browser never answers', async () => {
    vi.useFakeTimers()
    const asked = statsOf(connection(() => new Promise(() => undefined)))
    await vi.runAllTimersAsync()
    expect((await asked).size).toBe(0)
  })

  test('of a closed connection are empty, and a refusal is passed on', async () => {
    expect((await statsOf(connection(() => Promise.reject(new Error('asked')), 'closed'))).size).toBe(0)
    await expect(statsOf(connection(() => Promise.reject(new Error('refused'))))).rejects.toThrow('refused')
  })
})
