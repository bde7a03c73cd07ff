/** A TURN server of this process with its clients and peers, closed at the end of each test. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach } from 'vitest'
import type { Endpoint } from '../../../relay/turn/address.ts'
import { createTurnServer, turnCredential } from '../../../relay/turn/index.ts'
import type { TurnOptions, TurnServer } from '../../../relay/turn/index.ts'
import { TurnClient } from './turn-client.ts'
import type { ClientOptions } from './turn-client.ts'

/** What the servers of the tests sign credentials with. */
export const SECRET = 'of the test'
/** Peers of the tests are on this machine, where no peer may be otherwise. */
export const LOOPBACK = ['127.0.0.0/8', '::1/128']

/** How long something may take that happens at once, seconds; by a clock that no test turns. */
const PATIENCE_SECONDS = 10

const opened: Array<() => unknown> = []

afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close()
})

/** Starts a server on loopback that relays to loopback. */
export async function startServer(options: Partial<TurnOptions> = {}): Promise<TurnServer> {
  const defaults = { host: '127.0.0.1', port: 0, secret: SECRET, realm: 'parley', allowPeers: LOOPBACK }
  const server = await createTurnServer({ ...defaults, ...options }, { signal: new AbortController().signal })
  opened.push(() => server.close())
  return server
}

/** A client of the server with a credential for `user` that lasts so many seconds; without one when `user` is null. */
export async function openClient(
  server: TurnServer, { user = 'ann', seconds = 3_600, ...options }: Partial<ClientOptions> & { user?: string | null, seconds?: number } = {}
): Promise<TurnClient> {
  const credential = user === null ? {} : turnCredential(SECRET, user, seconds, Date.now())
  const port = options.port ?? (options.transport === 'tcp' ? server.ports.tcp! : server.ports.udp)
  const client = await TurnClient.open({ ...credential, ...options, port })
  opened.push(() => client.close())
  return client
}

/** A peer that answers everything with the same, in capitals. */
export interface Peer {
  endpoint: Endpoint
  /** What came, and from where. */
  received: Array<{ data: string, from: Endpoint }>
  send(data: string, to: Endpoint): void
}

/** Opens a peer on loopback. */
export async function openPeer(address = '127.0.0.1'): Promise<Peer> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  socket.bind(0, address)
  await once(socket, 'listening')
  opened.push(() => socket.close())
  const send = (data: string, to: Endpoint): void => socket.send(data, to.port, to.address)
  const received: Peer['received'] = []
  socket.on('message', (bytes, from) => {
    received.push({ data: bytes.toString(), from: { address: from.address, port: from.port } })
    send(bytes.toString().toUpperCase(), from)
  })
  return { endpoint: { address, port: socket.address().port }, received, send }
}

/** Resolves when the server has counted it; the way to wait for a packet that is dropped. */
export async function until(what: string, isTrue: () => boolean): Promise<void> {
  const end = process.uptime() + PATIENCE_SECONDS
  while (!isTrue()) {
    if (process.uptime() > end) throw new Error(`never: ${what}`)
    await new Promise((resolve) => { setTimeout(resolve, 5) })
  }
}

/** Whether this machine has IPv6 on loopback. */
export async function hasIPv6(): Promise<boolean> {
  const socket = createSocket('udp6')
  try {
    socket.bind(0, '::1')
    await once(socket, 'listening')
    return true
  } catch {
    // No IPv6, which is the answer.
    return false
  } finally {
    socket.close()
  }
}

/** A UDP port of loopback that was free just now. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}
