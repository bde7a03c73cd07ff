import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { Allocation } from '../../../relay/turn/allocation.ts'
import { Allocations } from '../../../relay/turn/allocations.ts'
import type { Client } from '../../../relay/turn/client.ts'
import { Counters } from '../../../relay/turn/counters.ts'
import { DEFAULT_LIMITS } from '../../../relay/turn/options.ts'
import { Account } from '../../../relay/turn/quota.ts'
import { UdpListeners } from '../../../relay/turn/udp-listeners.ts'

const FIRST = '127.0.0.1'
/** On Linux all of 127.0.0.0/8 is this machine's. */
const SECOND = process.platform === 'linux' ? '127.0.0.2' : '::1'

const counters = new Counters()
const allocations = new Allocations(DEFAULT_LIMITS, counters)
let last: Client | undefined
const listeners = new UdpListeners({ counters, allocations, onMessage: (client, bytes) => { last = client; client.send(bytes) } })

afterEach(() => listeners.close())

test('when addresses of this machine come and go it listens where they are, on the same port, and allocations of the others end', async () => {
  const port = await listeners.open([FIRST], 0)
  expect(await echo(port, FIRST)).toBe('hello')
  admit(last!)
  await listeners.follow([FIRST, SECOND, '203.0.113.77'], port)
  expect(listeners.addresses).toEqual([FIRST, SECOND])
  expect(await echo(port, SECOND)).toBe('hello')
  expect(counters.liveAllocations).toBe(1)
  await listeners.follow([SECOND], port)
  expect(listeners.addresses).toEqual([SECOND])
  expect(counters.liveAllocations).toBe(0)
})

test('a port that is taken on one address is none at all, and an address that is not there is left out', async () => {
  const other = createSocket(SECOND.includes(':') ? 'udp6' : 'udp4')
  other.bind(0, SECOND)
  await once(other, 'listening')
  const { port } = other.address()
  await expect(listeners.open([FIRST, SECOND], port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  expect(listeners.addresses).toEqual([])
  other.close()
  await once(other, 'close')
  await listeners.open(['203.0.113.77', FIRST], 0)
  expect(listeners.addresses).toEqual([FIRST])
  await listeners.close()
  await expect(listeners.open(['203.0.113.77'], 0)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' })
})

/** Gives the client an allocation without relayed addresses. */
function admit(client: Client): void {
  const account = new Account('ann', DEFAULT_LIMITS, 0, 0)
  client.hold()
  expect(allocations.enter(account, client.address)).toBeUndefined()
  const none = { relayedAt: () => undefined, listensAt: () => false }
  allocations.add(new Allocation({ client, account, relays: [], expiresAt: 0, limits: DEFAULT_LIMITS, counters, ...none }))
}

/** Sends to an address, and returns what comes back from that very address. */
async function echo(port: number, address: string): Promise<string> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.send('hello', port, address)
  const [bytes, from] = await once(socket, 'message') as [Buffer, { address: string }]
  socket.close()
  expect(from.address).toBe(address)
  return bytes.toString()
}
