import type { Connection, Libp2p } from '@libp2p/interface'
import { lpStream, streamPair } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followIceServers } from '../../src/node/ice-servers.ts'
import { IceShelf } from '../../src/node/ice-shelf.ts'
import { encodeIceServers } from '../../src/wire/ice-servers.ts'

const LIFETIME_S = 600
const CALL_MS = 3_600_000
const STEP_MS = 5_000

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** A relay whose credentials say when they end, and the connection to it. */
function connectionTo(asked: { count: number, refuse: (question: number) => boolean }): Connection {
  return {
    direction: 'outbound', limits: undefined, status: 'open',
    remoteAddr: multiaddr('/dns4/relay.example/tcp/443/tls/ws'),
    remotePeer: { toString: () => 'relay' },
    newStream: async () => {
      const [ours, theirs] = await streamPair()
      if (asked.refuse(++asked.count)) theirs.abort(new Error('asked too often'))
      else void lpStream(theirs).write(encodeIceServers({
        servers: [{ scheme: 'turn', host: null, port: 3478, transport: 'udp', username: String(Date.now() + LIFETIME_S * 1_000), credential: 'c' }],
        lifetime: LIFETIME_S
      }))
      return ours
    }
  } as unknown as Connection
}

test.each<[string, (question: number) => boolean]>([
  ['every question is answered', () => false],
  ['every third question is refused', (question) => question % 3 === 0]
])('a call that outlives its credentials always has valid ones, when %s', async (_what, refuse) => {
  const lifetime = new AbortController()
  const shelf = new IceShelf()
  const asked = { count: 0, refuse }
  const connection = connectionTo(asked)
  const node = Object.assign(new EventTarget(), { getConnections: () => [connection] })
  followIceServers({ node: node as unknown as Libp2p, protocol: '/x', shelf, privateAllowed: false, signal: lifetime.signal })
  node.dispatchEvent(new CustomEvent('connection:open', { detail: connection }))
  await vi.advanceTimersByTimeAsync(1_000)
  for (let passedMs = 0; passedMs < CALL_MS; passedMs += STEP_MS) {
    const [server] = shelf.servers.peek()
    expect(Number(server?.username)).toBeGreaterThan(Date.now())
    await vi.advanceTimersByTimeAsync(STEP_MS)
  }
  // Often enough, and not more often than a relay answers.
  expect(asked.count).toBeLessThan(2 * CALL_MS / (LIFETIME_S * 1_000))
  lifetime.abort()
})
